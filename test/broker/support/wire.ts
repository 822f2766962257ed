import { connect } from 'node:net';

/** How long a server may make up its mind about a request that never ends, in ms; what can be answered is answered sooner. */
const unfinished = 500;

/**
 * Writes bytes to a server as they are, and resolves with everything that came back when it closes the connection, as it
 * does after `Connection: close` and after what it can't make sense of.
 */
export function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(bytes, 'latin1')));
    const timer = setTimeout(() => socket.destroy(), unfinished);
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
    });
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(received);
    });
    socket.once('error', error => {
      if (!('code' in error && ['ECONNRESET', 'EPIPE'].includes(String(error.code)))) reject(error);
    });
  });
}

/** The status of an answer; 0 where there is none. */
export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

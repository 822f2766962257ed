import { connect } from 'node:net';

export interface Load {
  readonly url: string;
  readonly token: string;
  readonly requests: number;
  readonly connections: number;
  readonly bodyBytes: number;
}

/**
 * Sends webhooks over kept connections, each with an id of its own, the next as soon as one is answered; asserts that all are
 * taken. Written on bare sockets, so that it costs little beside what it measures. Returns ms.
 */
export async function send({ url, token, requests, connections, bodyBytes }: Load): Promise<number> {
  const { hostname, port } = new URL(url);
  const timestamp = new Date().toISOString();
  let next = 0;
  const run = `${Date.now()}`;
  const nextRequest = (): string | undefined => {
    if (next >= requests) return undefined;
    next += 1;
    const start = `{"id":"n-${run}-${String(next).padStart(8, '0')}","timestamp":"${timestamp}","filler":"`;
    const body = `${start}${'x'.repeat(Math.max(0, bodyBytes - start.length - 2))}"}`;
    return `POST /hook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Webhook-Token: ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  const started = performance.now();
  await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect(Number(port), hostname);
          const go = () => {
            const request = nextRequest();
            if (request !== undefined) return void socket.write(request);
            socket.end();
            resolve();
          };
          socket.setNoDelay(true);
          socket.once('connect', go);
          socket.on('data', answer => {
            // The target answers 204, which has no body: one chunk is one answer.
            if (!answer.toString('latin1', 0, 12).endsWith(' 204'))
              return reject(new Error(answer.toString()));
            go();
          });
          socket.once('error', reject);
        }),
    ),
  );
  return performance.now() - started;
}

import type { IncomingMessage, ServerResponse } from 'node:http';

/** Between two hosts only (RFC 9110, section 7.6.1): no part of what is passed on. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Passes the target's answer on, up to a limit in bytes.
 * @returns whether it came whole; where it didn't, the connection is broken off, so that nobody takes half of it for all.
 */
export function passOn(
  answer: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<boolean> {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !hopByHop.has(name)) response.setHeader(name, value);
  }
  response.writeHead(answer.statusCode ?? 502);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) return void answer.destroy();
    // Whoever asked may be gone; the target finishes all the same.
    if (response.destroyed) return;
    if (!response.write(chunk)) {
      answer.pause();
      response.once('drain', () => answer.resume());
    }
  });
  answer.once('end', () => {
    response.end();
    resolve(true);
  });
  answer.once('close', () => {
    if (!answer.complete || size > maxBytes) response.destroy();
    resolve(answer.complete && size <= maxBytes);
  });
  response.once('close', () => {
    if (!response.writableFinished) answer.resume();
  });
  answer.once('error', () => resolve(false));
  return promise;
}

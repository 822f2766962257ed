import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ProbeRequest } from './probe-request.ts';

/** What an endpoint did with a request. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly ms: number }
  /** `unreachable`: no connection was made. `reset`: it ended before an answer. */
  | { readonly kind: 'unreachable' | 'reset' | 'timeout'; readonly ms: number };

export interface SendOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const keptBytes = 2000;

/** POSTs on a connection of its own, and follows no redirect: it could lead to somebody else's host. Never throws but when aborted. */
export function send(url: URL, { headers, body }: ProbeRequest, options: SendOptions): Promise<Answer> {
  const { timeoutMs, signal } = options;
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const started = performance.now();
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    sent.destroy();
  };
  const finish = (answer: Answer) => {
    resolve(answer);
    end();
  };
  const elapsed = () => performance.now() - started;
  const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    agent: false,
    headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'castkeys-probe' },
  });
  const timer = setTimeout(() => finish({ kind: 'timeout', ms: elapsed() }), timeoutMs);
  const abort = () => {
    reject(signal?.reason);
    end();
  };
  signal?.addEventListener('abort', abort, { once: true });
  let isConnected = false;
  sent.once('socket', socket => socket.once('connect', () => (isConnected = true)));
  sent.once('response', response => {
    const ms = elapsed();
    let text = '';
    const answered = () =>
      finish({ kind: 'answered', status: response.statusCode ?? 0, body: text.slice(0, keptBytes), ms });
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += text.length < keptBytes ? chunk : '';
    });
    response.once('end', answered);
    response.once('error', answered);
  });
  // After the answer has come, the rest of a huge body may well be turned away.
  sent.on('error', () => finish({ kind: isConnected ? 'reset' : 'unreachable', ms: elapsed() }));
  sent.end(body);
  return promise;
}

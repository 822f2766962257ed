import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { urlToHttpOptions } from 'node:url';

/** What came of asking the target. */
export type Forwarded =
  | { readonly answer: IncomingMessage }
  | { readonly trouble: 'target-down' | 'target-slow' | 'target-reset' };

/** Where webhooks go. Connections are kept and used again. */
export interface Target {
  readonly send: (headers: Readonly<Record<string, string>>, body: Buffer) => Promise<Forwarded>;
  readonly close: () => void;
}

export interface TargetOptions {
  readonly url: URL;
  /** From sending to the last byte of the answer, in ms. */
  readonly timeoutMs: number;
}

export function openTarget({ url, timeoutMs }: TargetOptions): Target {
  const isSecure = url.protocol === 'https:';
  const options = { keepAlive: true, maxSockets: 256, scheduling: 'lifo' } as const;
  const agent = isSecure ? new HttpsAgent(options) : new HttpAgent(options);
  const request = isSecure ? httpsRequest : httpRequest;

  // Taken apart once: node takes a URL apart at every request.
  const { hostname, port, path } = urlToHttpOptions(url);
  const place = { hostname, port, path };

  const sendOnce = (headers: Readonly<Record<string, string>>, body: Buffer, fresh: boolean) =>
    new Promise<Forwarded | 'stale-connection'>(resolve => {
      const sent = request({
        ...place,
        agent: fresh ? false : agent,
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
      });
      let isOver = false;
      const timer = setTimeout(() => {
        isOver = true;
        sent.destroy();
        resolve({ trouble: 'target-slow' });
      }, timeoutMs);
      sent.once('response', answer => {
        answer.once('close', () => clearTimeout(timer));
        resolve({ answer });
      });
      sent.once('error', error => {
        clearTimeout(timer);
        if (isOver) return;
        // A kept connection that the target closed just as it was used again says nothing about the target.
        if (sent.reusedSocket && !fresh) return resolve('stale-connection');
        const code = 'code' in error ? error.code : undefined;
        resolve({ trouble: code === 'ECONNRESET' || code === 'EPIPE' ? 'target-reset' : 'target-down' });
      });
      sent.end(body);
    });

  return {
    send: async (headers, body) => {
      const first = await sendOnce(headers, body, false);
      if (first !== 'stale-connection') return first;
      const second = await sendOnce(headers, body, true);
      return second === 'stale-connection' ? { trouble: 'target-reset' } : second;
    },
    close: () => agent.destroy(),
  };
}

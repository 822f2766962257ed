import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { CastkeysError } from '../../errors.ts';
import type { Secret } from '../../keychain/secret.ts';
import type { ReplayMemory } from '../verification/replay-memory.ts';
import type { Notification } from '../verification/scheme.ts';
import { signingKey, signWebhook } from '../verification/standard-webhooks.ts';
import type { Refusal } from '../verification/verdict.ts';
import { verifyWebhook } from '../verification/verify-webhook.ts';
import { passOn } from './answer.ts';
import { type Forwarded, openTarget, type Target } from './forward.ts';

export interface RelayOptions {
  readonly to: URL;
  /** Those accepted right now, the newest first: what Cast AI sends in the header. */
  readonly secrets: () => Promise<readonly Secret[]>;
  /** What is forwarded is signed with it. Default: all of the secrets. */
  readonly signWith?: Secret;
  readonly header: string;
  /** Finds id and time in the body. */
  readonly read: (body: unknown) => Notification;
  readonly toleranceSeconds: number;
  readonly replay: ReplayMemory;
  /** Of a webhook, and of the target's answer. */
  readonly maxBytes: number;
  /** For the target's whole answer. */
  readonly timeoutMs: number;
  readonly host: string;
  readonly port: number;
  readonly now?: () => number;
  /** Told of each request when it is over. Never holds a secret, nor anything of the body. */
  readonly onRequest: (record: RelayRecord) => void;
}

/** One request, for a log. */
export interface RelayRecord {
  readonly outcome:
    | 'forwarded'
    | Refusal
    | Extract<Forwarded, { trouble: string }>['trouble']
    | 'answer-cut-off'
    | 'no-webhook';
  /** What was answered. */
  readonly status: number;
  readonly ms: number;
  /** Of the notification, once it is known to be genuine. */
  readonly id?: string;
  /** Proven with the secret that is being replaced. */
  readonly isPreviousSecret?: boolean;
}

export interface Relay {
  readonly url: string;
  /** Takes no more, lets what is under way end, and then closes. */
  readonly close: () => Promise<void>;
}

/**
 * Receives Cast AI's webhooks, which carry a secret and no signature, and forwards the genuine, fresh ones, signed by the Standard
 * Webhooks specification, so that what stands behind verifies a signature for real.
 * @throws CastkeysError `port-taken`.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { host, port, timeoutMs } = options;
  const target = openTarget({ url: options.to, timeoutMs });
  const underWay = new Set<Promise<void>>();
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, noDelay: true },
    (request, response) => {
      const handled = handle(request, response, options, target).catch(() => {
        response.destroy();
      });
      underWay.add(handled);
      handled.finally(() => underWay.delete(handled));
    },
  );
  server.listen(port, host);
  // An error comes in place of the event, and is thrown.
  await once(server, 'listening').catch((thrown: unknown) => {
    target.close();
    throw portTaken(port, thrown);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await Promise.allSettled(underWay);
      server.closeAllConnections();
      await closed;
      target.close();
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: RelayOptions,
  target: Target,
): Promise<void> {
  if (request.url === '/healthz' && (request.method === 'GET' || request.method === 'HEAD')) {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
    return;
  }
  const started = performance.now();
  const report = (record: Omit<RelayRecord, 'ms'>) =>
    options.onRequest({ ...record, ms: performance.now() - started });
  if (request.method !== 'POST') {
    response.writeHead(405, { allow: 'POST' }).end();
    return report({ outcome: 'no-webhook', status: 405 });
  }
  const secrets = await options.secrets();
  const verdict = await verifyWebhook(request, {
    secret: secrets.map(secret => secret.reveal()),
    scheme: { kind: 'token', header: options.header, read: options.read },
    toleranceSeconds: options.toleranceSeconds,
    replay: options.replay,
    maxBytes: options.maxBytes,
    ...(options.now ? { now: options.now } : {}),
  });
  if (!verdict.verified) {
    refuse(response, request.complete);
    return report({ outcome: verdict.reason, status: 401 });
  }
  const { id = '', body, secretIndex } = verdict;
  const about = { id, ...(secretIndex > 0 ? { isPreviousSecret: true } : {}) };
  const seconds = Math.floor((options.now ?? Date.now)() / 1000);
  // With both while one takes the place of the other: what stands behind may know only one of them yet.
  const signing = options.signWith ? [options.signWith] : secrets;
  const proof = signWebhook({ id, timestamp: seconds, body }, signing.map(keyOf));
  const type = request.headers['content-type'] ?? 'application/json';
  const forwarded = await target.send(
    { 'content-type': type, 'user-agent': 'castkeys-relay', ...proof },
    body,
  );
  if ('trouble' in forwarded) {
    await verdict.release();
    const status = forwarded.trouble === 'target-slow' ? 504 : 502;
    response.writeHead(status).end();
    return report({ outcome: forwarded.trouble, status, ...about });
  }
  const status = forwarded.answer.statusCode ?? 502;
  // Whoever sent it may try again what the target could not handle.
  if (status >= 500) await verdict.release();
  const isWhole = await passOn(forwarded.answer, response, options.maxBytes);
  report({ outcome: isWhole ? 'forwarded' : 'answer-cut-off', status, ...about });
}

const keys = new WeakMap<Secret, KeyObject>();

/** The key of a secret, made once. */
function keyOf(secret: Secret): KeyObject {
  const key = keys.get(secret) ?? signingKey(secret.reveal());
  keys.set(secret, key);
  return key;
}

/** Nothing but the refusal: a reason would help whoever forges. A body that was not read to its end ends the connection. */
function refuse(response: ServerResponse, isReadWhole: boolean): void {
  response.writeHead(401, isReadWhole ? {} : { connection: 'close' }).end();
}

function portTaken(port: number, error: unknown): CastkeysError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CastkeysError(
    'port-taken',
    `The relay can't listen on port ${port}: ${reason}. Nothing was received.`,
    'castkeys webhook relay --to URL --port N',
    { cause: error },
  );
}

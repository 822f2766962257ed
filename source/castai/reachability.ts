import type { ServerClock } from './connection.ts';
import type { NetworkTrouble } from './failure.ts';
import { unreachable } from './failure-words.ts';
import { troubleIn } from './network-trouble.ts';
import { originOf } from './regions.ts';
import { observeClock } from './server-clock.ts';
import { timeLimit } from './time-limit.ts';

export interface KnockOptions {
  readonly fetch?: typeof fetch;
  /** Default 2500 ms. */
  readonly timeoutMs?: number;
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

/** What a call without a key found at an origin. */
export type Knock =
  | {
      readonly answered: true;
      readonly status: number;
      readonly ms: number;
      /** ms this machine's clock is ahead of the server's; absent where the answer didn't say the time. */
      readonly skewMs?: number;
    }
  | {
      readonly answered: false;
      /** `garbled`: something answered, but not in HTTP. */
      readonly trouble: NetworkTrouble | 'garbled';
      /** What happened, in words, without a full stop. */
      readonly words: string;
    };

const path = '/v1/spec/openapi.json';

/**
 * Whether anything answers at an origin: HEAD of the API's own description, which is open without a key
 * (section 9). No key is sent, and a redirect is not followed. Never throws for what the network does.
 */
export async function knock(origin: string, options: KnockOptions = {}): Promise<Knock> {
  const { timeoutMs = 2500, now = Date.now } = options;
  const url = new URL(path, originOf(origin));
  const limit = timeLimit(timeoutMs, options.signal);
  const serverClock: ServerClock = { skewMs: undefined };
  const started = performance.now();
  try {
    const sentAt = now();
    const { status, headers } = await (options.fetch ?? fetch)(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: limit.signal,
    });
    if (status === 407) return notReached(url.host, 'proxy');
    observeClock({ now, serverClock }, headers, sentAt);
    const { skewMs } = serverClock;
    const ms = Math.round(performance.now() - started);
    return { answered: true, status, ms, ...(skewMs !== undefined && { skewMs }) };
  } catch (thrown) {
    if (limit.over()) return notReached(url.host, 'timeout', `not within ${timeoutMs} ms`);
    const { trouble, code } = troubleIn(thrown);
    if (trouble === 'garbled') {
      return { answered: false, trouble, words: `What ${url.host} answers is not HTTP` };
    }
    return notReached(url.host, trouble, code);
  } finally {
    limit.end();
  }
}

function notReached(host: string, trouble: NetworkTrouble, detail?: string): Knock {
  return { answered: false, trouble, words: unreachable(host, trouble, detail) };
}

import { CastaiError } from './castai-error.ts';
import type { Connection } from './connection.ts';
import { aboutCall, exchange, type Reply } from './exchange.ts';
import type { Failure } from './failure.ts';
import type { HttpCall } from './request.ts';

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Sends a request with the key as it is now, and after a 401 once more if there is another key by then: a 401 says that
 * nothing was done. Otherwise as {@link sendWith}.
 */
export async function send(connection: Connection, call: HttpCall, repeatable: boolean): Promise<Reply> {
  const { source } = connection;
  if (!source) return sendWith(connection, call, repeatable);
  const secret = await source.current();
  try {
    return await sendWith({ ...connection, secret }, call, repeatable);
  } catch (thrown) {
    if (!(thrown instanceof CastaiError) || thrown.kind !== 'unauthorized') throw thrown;
    const another = await source.renewed(secret);
    if (!another) throw thrown;
    return sendWith({ ...connection, secret: another }, call, repeatable);
  }
}

/**
 * Sends a request until it is answered, as often as that is safe. `repeatable`: doing it twice is the same as doing it
 * once. What is not (a create) is only sent again if no connection was ever made: its answer may have been lost.
 * Throws a {@link CastaiError}.
 */
async function sendWith(connection: Connection, call: HttpCall, repeatable: boolean): Promise<Reply> {
  let uncertain = false;
  let pausedMs = 0;
  for (let tries = 0; ; tries += 1) {
    const outcome = await exchange(connection, call);
    if ('reply' in outcome) return outcome.reply;
    uncertain ||= outcome.failure.mayHaveHappened;
    // One lost answer among the tries is enough for the whole call to be uncertain.
    const failure = { ...outcome.failure, mayHaveHappened: uncertain };
    const pauseMs = pauseBefore(tries, failure, connection.random);
    const inTime =
      pausedMs + pauseMs <= connection.patienceMs && performance.now() + pauseMs < connection.endsAt;
    const patient = inTime && tries < connection.retries;
    if (!patient || !worthRepeating(failure, repeatable)) throw new CastaiError(failure);
    pausedMs += pauseMs;
    await pause(connection, call, pauseMs, uncertain);
  }
}

function worthRepeating(failure: Failure, repeatable: boolean): boolean {
  switch (failure.kind) {
    case 'rate-limited':
    case 'server':
      return repeatable;
    case 'unreachable':
      // Neither a certificate nor a proxy's login changes from one second to the next.
      if (failure.trouble === 'tls' || failure.trouble === 'proxy') return false;
      return repeatable || !failure.mayHaveHappened;
    default:
      return false;
  }
}

/** Exponential with full jitter, so that many clients don't come back in step; never sooner than the server asks. */
function pauseBefore(tries: number, failure: Failure, random: () => number): number {
  const jitterMs = random() * Math.min(longestPauseMs, firstPauseMs * 2 ** tries);
  return (failure.retryAfterMs ?? 0) + jitterMs;
}

async function pause(
  connection: Connection,
  call: HttpCall,
  ms: number,
  mayHaveHappened: boolean,
): Promise<void> {
  const { sleep, signal } = connection;
  try {
    await sleep(ms, signal);
  } catch (thrown) {
    if (!signal?.aborted) throw thrown;
  }
  if (signal?.aborted)
    throw new CastaiError({ ...aboutCall(connection, call), kind: 'cancelled', mayHaveHappened });
}

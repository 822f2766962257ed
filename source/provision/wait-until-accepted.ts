import { setTimeout as delay } from 'node:timers/promises';
import { type CastaiClient, type KeyOwner, verifyKey } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';

/** Who Cast AI says the key is of. */
export interface Acceptance {
  readonly owner: KeyOwner;
}

/** A single success may come from the one server that knows already. */
const successesNeeded = 3;
const pollEvery = 250; // ms
const longestWait = 60_000; // ms

/**
 * Asks with a new key until it is accepted several times in a row: right after its creation a 401 means wait.
 * @throws CastkeysError `key-invalid` where it isn't in a minute; the last trouble where Cast AI can't be asked.
 */
export async function waitUntilAccepted(
  client: CastaiClient,
  options: { readonly signal?: AbortSignal; readonly progress?: (text: string) => void } = {},
): Promise<Acceptance> {
  const { signal, progress = () => {} } = options;
  const since = performance.now();
  for (let inARow = 0; ; ) {
    const verdict = await verifyKey(client, { identify: false });
    const ms = performance.now() - since;
    inARow = verdict.outcome === 'valid' ? inARow + 1 : 0;
    if (verdict.outcome === 'valid' && inARow >= successesNeeded) return { owner: verdict.identity };
    if (ms > longestWait) throw verdict.outcome === 'unknown' ? verdict.error : neverAccepted();
    progress(verdict.outcome === 'valid' ? 'accepted; asking again' : 'not accepted yet');
    await delay(pollEvery, undefined, signal ? { signal } : {});
  }
}

function neverAccepted(): CastkeysError {
  return new CastkeysError(
    'key-invalid',
    'The new key was not accepted within a minute. It was taken back.',
    'the same command again',
  );
}

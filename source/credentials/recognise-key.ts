import { setTimeout as delay } from 'node:timers/promises';
import { Movements, movingWithUs, type Window } from './movement.ts';
import type { FoundKey } from './owner-keys.ts';

export interface KeyWatch {
  /** The keys it may be, as listed now. */
  readonly list: () => Promise<readonly FoundKey[]>;
  /** Uses the key in hand once. */
  readonly use: () => Promise<void>;
  /** Listing takes the key itself: it is never seen unused then. */
  readonly isListedByItself: boolean;
}

/** All in ms but the rounds. */
export interface Patience {
  /** How long nothing is done at least, to see which keys others use. Default 1000. */
  readonly quiet: number;
  /** Between two looks. Default 250. */
  readonly poll: number;
  /** How long a use may take to show in the list. Default 8000. */
  readonly shown: number;
  /** Uses that have to show, and to be the only ones that do. Default 3. */
  readonly rounds: number;
  /** After which no new attempt is begun: a new key may be missing from the list for a while. Default 20,000. */
  readonly total: number;
}

const usualPatience: Patience = { quiet: 1000, poll: 250, shown: 8000, rounds: 3, total: 20_000 };

export interface RecogniseOptions {
  readonly patience?: Partial<Patience>;
  readonly signal?: AbortSignal;
  readonly progress?: (text: string) => void;
}

/**
 * Which of the listed keys is the one in hand: the one whose `lastUsedAt` moves whenever ours is used and only then. Others
 * may use its siblings meanwhile, the list may lag, and ours may be missing from it at first.
 * @returns undefined where none or several do so: it isn't told, and must not be guessed.
 */
export async function recogniseKey(
  watch: KeyWatch,
  options: RecogniseOptions = {},
): Promise<FoundKey | undefined> {
  const patience = { ...usualPatience, ...options.patience };
  const endsAt = performance.now() + patience.total;
  do {
    const { windows, keys } = await attempt(watch, patience, options);
    const [only, another] = movingWithUs(windows);
    if (another !== undefined) return undefined;
    if (only !== undefined) return keys.find(({ id }) => id === only);
  } while (performance.now() < endsAt);
  return undefined;
}

interface Attempt {
  readonly windows: readonly Window[];
  readonly keys: readonly FoundKey[];
}

/** Quiet, use, quiet, use, …: the first use only shows how long the list takes to know of one. */
async function attempt(watch: KeyWatch, patience: Patience, options: RecogniseOptions): Promise<Attempt> {
  const { signal, progress = () => {} } = options;
  const movements = new Movements();
  let keys: readonly FoundKey[] = [];
  const look = async () => {
    keys = await watch.list();
    return movements.look(keys);
  };
  const pause = (ms: number) => delay(ms, undefined, { ...(signal && { signal }) });

  const stayQuiet = async (ms: number): Promise<Window> => {
    await pause(ms);
    return { isUsed: false, moved: (await look()).moved };
  };
  /** Uses the key until something shows that is not busy anyhow, and what shows with it. */
  const tryOut = async (busy: ReadonlySet<string>, lag: number) => {
    const since = performance.now();
    const moved = new Set<string>();
    await watch.use();
    for (;;) {
      const seen = await look();
      for (const id of seen.moved) moved.add(id);
      const took = performance.now() - since;
      if ([...moved].some(id => !busy.has(id)) || seen.hasGrown || took > patience.shown) {
        // Somebody else's use may have shown first.
        await pause(Math.max(lag, patience.poll));
        for (const id of (await look()).moved) moved.add(id);
        return { window: { isUsed: true, moved }, lagMs: moved.size > 0 ? took : undefined };
      }
      await pause(patience.poll);
    }
  };

  await look();
  let busy = (await stayQuiet(patience.quiet)).moved;
  progress('use it, and look how soon that shows');
  const { lagMs } = await tryOut(watch.isListedByItself ? new Set() : busy, 0);
  if (lagMs === undefined) return { windows: [], keys };
  const windows: Window[] = [];
  for (let round = 1; round < patience.rounds; round += 1) {
    const quiet = await stayQuiet(Math.max(patience.quiet, 2 * lagMs));
    if (!watch.isListedByItself) {
      windows.push(quiet);
      busy = quiet.moved;
    }
    progress(`use it once more (${round} of ${patience.rounds - 1})`);
    windows.push((await tryOut(watch.isListedByItself ? new Set() : busy, lagMs)).window);
  }
  return { windows, keys };
}

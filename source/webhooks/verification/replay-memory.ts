/** Remembers which webhooks were taken. Any store that can claim an id atomically will do: Redis' `SET NX PX`, a unique index. */
export interface ReplayMemory {
  /**
   * Claims an id until a time (ms since the epoch): `fresh` for the first to claim it, `seen` for everybody after, `full` when it
   * can't remember any more.
   */
  readonly claim: (id: string, until: number) => Claim | Promise<Claim>;
  /** Gives a claim up, where the webhook was not handled after all: its sender may try again. */
  readonly release: (id: string) => void | Promise<void>;
}

export type Claim = 'fresh' | 'seen' | 'full';

export interface ReplayMemoryOptions {
  /** Ids at most; when all of them are still worth remembering, no further webhook is taken. Default 1,000,000. */
  readonly capacity?: number;
  /** ms since the epoch. */
  readonly now?: () => number;
}

/** Forgetting more than is remembered keeps up, without ever pausing to sweep. */
const stepsAClaim = 4;

/** A replay memory of this process. Only verified webhooks get into it, so that nobody else can fill it. */
export function replayMemory(options: ReplayMemoryOptions = {}): ReplayMemory {
  const { capacity = 1_000_000, now = Date.now } = options;
  const until = new Map<string, number>();
  /** In the order of claiming, which is roughly that of expiry; what is not over yet ends the search. */
  const forgetSome = (time: number) => {
    let looked = 0;
    for (const [id, end] of until) {
      if (end > time || looked >= stepsAClaim) return;
      until.delete(id);
      looked += 1;
    }
  };
  const forgetAll = (time: number) => {
    for (const [id, end] of until) if (end <= time) until.delete(id);
  };
  return {
    claim: (id, end) => {
      const time = now();
      const known = until.get(id);
      if (known !== undefined && known > time) return 'seen';
      until.delete(id);
      forgetSome(time);
      if (until.size >= capacity) forgetAll(time);
      if (until.size >= capacity) return 'full';
      until.set(id, end);
      return 'fresh';
    },
    release: id => {
      until.delete(id);
    },
  };
}

import type { ErrorCode } from '../errors.ts';
import type { Run } from '../runs/runs.ts';
import type { Attempt, Journal } from './journal.ts';
import type { KeySeen } from './keeper.ts';

/** What looking came to where it may come to nothing: three states everywhere, and none of them is a guess. */
export type Look<T> =
  | { readonly state: 'seen'; readonly value: T }
  | { readonly state: 'absent' }
  /** Could not be asked now. */
  | ({ readonly state: 'unknown' } & Unknown);

/** Why something can't be told, and the code of the error that says so. */
export interface Unknown {
  readonly reason: string;
  readonly code: ErrorCode;
}

/** One attempt at a new key, as far as the world tells. */
export interface AttemptSeen {
  readonly attempt: Attempt;
  /** At Cast AI, by the id that came back or by the name that was tried. */
  readonly listed: Look<KeySeen>;
  readonly value: Look<true>;
  /** The registry has a record of it. */
  readonly isRegistered: boolean;
}

export interface ConsumerSeen {
  readonly id: string;
  readonly title: string;
  /** The credential it was last seen to have from us; undefined where nothing is known. */
  readonly has?: string;
  /** It was tried since this castkeys was started, and failed. */
  readonly failure?: string;
}

/** Everything a decision rests on. Times in ms on this machine's clock. */
export interface Observed {
  readonly journal: Journal;
  readonly now: number;
  /** ms this machine's clock is ahead of Cast AI's; undefined: no answer said the time. */
  readonly skew: number | undefined;
  /** What the place points to. */
  readonly pointer: 'old' | 'new' | 'other';
  readonly attempts: readonly AttemptSeen[];
  /** When the place was switched to the new key. */
  readonly promotedAt: number | undefined;
  readonly old: {
    readonly listed: Look<KeySeen>;
    readonly value: Look<true>;
  };
  /** Whether the new key works right now; looked at where that is the last thing to know before the old one is touched. */
  readonly newWorks: 'yes' | 'no' | 'unknown' | 'not-asked';
  readonly consumers: readonly ConsumerSeen[];
  /** Living processes that castkeys gave the old key to, and the new one. */
  readonly holdersOfOld: readonly Run[];
  readonly holdersOfNew: readonly Run[];
  /** Only the person can see what becomes of the old key: the list may not be read. */
  readonly isBlind: boolean;
}

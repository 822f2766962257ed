import type { CheckLine } from '../../../flow/flow.ts';

/** Everything the dashboard shows of an install at one moment. */
export interface Board {
  /** Where secrets are kept. */
  readonly store: string;
  readonly profiles: readonly BoardProfile[];
}

/** One profile at a glance. */
export interface BoardProfile {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  readonly practice: boolean;
  /** Its name, else its id; absent where it isn't known. */
  readonly organization?: string;
  /** Why it is the one that commands use, as `the active profile`; absent for the others. */
  readonly usedBecause?: string;
  readonly keys: readonly BoardKey[];
  readonly checks: readonly CheckLine[];
  /** ISO 8601, UTC; absent until the first measurement is complete. */
  readonly measuredAt?: string;
  /** Rotations that are not finished. */
  readonly waits: readonly Wait[];
}

/** The key of a role slot against its policy, in whole days. */
export interface BoardKey {
  readonly role: string;
  readonly age: number;
  readonly allowed: number;
  /** Until it has to be replaced, by policy or because it expires; negative where that is past. */
  readonly left: number;
  /** Days of warning before that. */
  readonly notice: number;
  readonly expires: boolean;
  /** When Cast AI made it isn't known, so that it may be older. */
  readonly isAtLeast: boolean;
}

/** A rotation that is not finished. */
export interface Wait {
  readonly role: string;
  /** Where it is, in a word: `draining`. */
  readonly phase: string;
  /** What it waits for; absent where it goes on at once. */
  readonly words?: string;
  /** How long that takes yet; absent where no clock says. */
  readonly left?: string;
}

/** Something that can be done from the dashboard: a command line, with the key that starts it. */
export interface Act {
  /** Absent for one that is found in the palette alone. Acts that share a key are offered together. */
  readonly key?: string;
  /** What the help calls that key. */
  readonly label?: string;
  readonly title: string;
  /** What is behind `castkeys`. */
  readonly words: readonly string[];
}

/** A profile's most pressing key. */
export function mostPressing({ keys }: Pick<BoardProfile, 'keys'>): BoardKey | undefined {
  return keys.toSorted((a, b) => a.left - b.left)[0];
}

/** How a key stands against its policy. */
export function standingOf({ left, notice }: Pick<BoardKey, 'left' | 'notice'>): 'young' | 'due' | 'over' {
  if (left < 0) return 'over';
  return left < notice ? 'due' : 'young';
}

/** When a key has to be replaced, in words. */
export function dueIn({ left, expires }: Pick<BoardKey, 'left' | 'expires'>): string {
  if (left < 0) return expires ? `expired ${days(-left)} ago` : `${days(-left)} over`;
  if (left === 0) return expires ? 'expires today' : 'due today';
  return `${expires ? 'expires' : 'due'} in ${days(left)}`;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

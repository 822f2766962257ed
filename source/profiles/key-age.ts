import type { Credential } from './config.ts';

const day = 24 * 60 * 60 * 1000; // ms
/** Days before a limit at which it is said that it comes: a rotation takes some. */
const notice = 14;

/** How old a key is, against its policy and its own expiry. In whole days. */
export interface KeyAge {
  readonly age: number;
  /** What the policy allows. */
  readonly allowed: number;
  /** Until it is due or expires, whichever comes first; negative for one that is past it. */
  readonly left: number;
  /** How few days left are worth a warning: of a limit that is itself short, a quarter. */
  readonly notice: number;
  /** It expires before it is due. */
  readonly expires: boolean;
  /** Until it expires; infinite for one that never does. */
  readonly untilExpiry: number;
  /** Cast AI's time of making it isn't known: ours is the least it can be. */
  readonly isAtLeast: boolean;
}

/** The age of a key under a policy. Pure. */
export function keyAge(
  { createdAt, addedAt, expiresAt }: Pick<Credential, 'createdAt' | 'addedAt' | 'expiresAt'>,
  allowed: number,
  now: Date,
): KeyAge {
  const age = Math.max(0, Math.floor((now.getTime() - Date.parse(createdAt ?? addedAt)) / day));
  const untilExpiry = expiresAt
    ? Math.floor((Date.parse(expiresAt) - now.getTime()) / day)
    : Number.POSITIVE_INFINITY;
  const expires = untilExpiry < allowed - age;
  return {
    age,
    allowed,
    left: expires ? untilExpiry : allowed - age,
    notice: expires ? notice : Math.min(notice, allowed / 4),
    expires,
    untilExpiry,
    isAtLeast: createdAt === undefined,
  };
}

export const days = (count: number): string => (Math.abs(count) === 1 ? `${count} day` : `${count} days`);

/** Whether it has expired, or will before a rotation begun now is sure to be over; however young it is. */
export const expiresSoon = ({ untilExpiry }: KeyAge): boolean => untilExpiry < notice;

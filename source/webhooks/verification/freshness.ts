import type { Refusal } from './verdict.ts';

/** When a webhook was sent, or why it isn't fresh. */
export type Freshness = { readonly sentAt: Date } | { readonly reason: Refusal };

const digits = /^\d{1,13}$/;
/** In seconds the year 5138, in milliseconds 1973: no webhook is of either. */
const leastMs = 1e11;

/**
 * Reads a time of sending, Unix seconds, milliseconds or ISO 8601, and compares it with now.
 * @param toleranceSeconds both ways: a sender's clock may be ahead.
 */
export function freshness(timestamp: unknown, now: number, toleranceSeconds: number): Freshness {
  const ms = readTime(timestamp);
  if (Number.isNaN(ms)) return { reason: 'no-timestamp' };
  // Written so that a tolerance that isn't a number refuses.
  const ageMs = now - ms;
  const toleranceMs = toleranceSeconds * 1000;
  if (Math.abs(ageMs) <= toleranceMs) return { sentAt: new Date(ms) };
  return { reason: ageMs < 0 ? 'from-the-future' : 'stale' };
}

function readTime(timestamp: unknown): number {
  if (typeof timestamp === 'number') return timestamp < leastMs ? timestamp * 1000 : timestamp;
  if (typeof timestamp !== 'string') return Number.NaN;
  return digits.test(timestamp) ? readTime(Number(timestamp)) : Date.parse(timestamp);
}

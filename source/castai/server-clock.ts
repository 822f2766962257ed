import type { Connection } from './connection.ts';

/**
 * Takes the server's time from an answer's `Date`. The header has whole seconds, cut off, and the answer was on its
 * way: half a second and half the round trip are the best guesses. An answer from a cache (`Age`) tells an old time.
 */
export function observeClock(
  connection: Pick<Connection, 'now' | 'serverClock'>,
  headers: Headers,
  sentAt: number,
): void {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date) || headers.has('age')) return;
  const here = (sentAt + connection.now()) / 2;
  connection.serverClock.skewMs = Math.round(here - (date + 500));
}

const aDay = 86_400_000;

/** What `Retry-After` asks for, in ms: seconds, or a date, counted from the server's own `Date` where it says one. At most a day. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, aDay);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const serverTime = Date.parse(headers.get('date') ?? '');
  return Math.min(aDay, Math.max(0, until - (Number.isNaN(serverTime) ? now : serverTime)));
}

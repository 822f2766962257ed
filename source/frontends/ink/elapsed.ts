/** A duration worth showing, in words; undefined below 300 ms, which nobody waits for. */
export function elapsed(milliseconds: number): string | undefined {
  if (milliseconds < 300) return undefined;
  // Blanks at which no line breaks.
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)}\u00a0s`;
  if (seconds < 60) return `${Math.floor(seconds)}\u00a0s`;
  return `${Math.floor(seconds / 60)}\u00a0min\u00a0${String(Math.floor(seconds % 60)).padStart(2, '0')}\u00a0s`;
}

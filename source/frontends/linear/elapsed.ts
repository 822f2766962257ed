/** Nobody waits for less, in ms. */
export const noticeable = 300;

/** A duration worth telling, in words. */
export function elapsed(milliseconds: number): string | undefined {
  if (milliseconds < noticeable) return undefined;
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

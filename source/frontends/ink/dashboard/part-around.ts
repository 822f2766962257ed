/**
 * The part of a list of things of these heights that is shown in so many rows, the one at `at` among them, a row being
 * kept for what says how many are out of sight.
 */
export function partAround(
  heights: readonly number[],
  at: number,
  rows: number,
): { readonly from: number; readonly to: number } {
  const total = heights.reduce((sum, height) => sum + height, 0);
  if (total <= rows) return { from: 0, to: heights.length };
  let [from, to] = [at, at + 1];
  let left = rows - 1 - (heights[at] ?? 0);
  for (let grew = true; grew; ) {
    grew = false;
    for (const next of [from - 1, to]) {
      const height = heights[next];
      if (height === undefined || height > left) continue;
      left -= height;
      grew = true;
      if (next < from) from = next;
      else to = next + 1;
    }
  }
  return { from, to };
}

/** How wide the parts of a profile's line are, beside the pointer and the gaps; 0 for one that has no room. */
export interface RowColumns {
  /** At least; it takes what is left. */
  readonly name: number;
  readonly bar: number;
  readonly age: number;
  readonly due: number;
  readonly checks: number;
}

/** The parts in a list of that many columns. */
export function rowColumns(columns: number): RowColumns {
  if (columns >= 90) return { name: 24, bar: 24, age: 12, due: 12, checks: 14 };
  if (columns >= 72) return { name: 16, bar: 14, age: 11, due: 10, checks: 12 };
  if (columns >= 60) return { name: 14, bar: 10, age: 11, due: 10, checks: 11 };
  return { name: 8, bar: 8, age: 0, due: 8, checks: 11 };
}

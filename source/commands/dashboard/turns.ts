/** How long a measurement of the profile that is looked at stays fresh, in ms. */
const selectedFor = 2000;

/** Of any other one: of many, each has to wait longer, so that no more than two a second are measured. */
const othersFor = (count: number): number => Math.max(5000, count * 500);

export interface Turns {
  readonly names: readonly string[];
  /** The one that is looked at. */
  readonly selected: string | undefined;
  /** The one that had the last turn. */
  readonly last: string | undefined;
  /** When a profile was last measured, in ms; undefined for never. */
  readonly measuredAt: (name: string) => number | undefined;
  /** In ms, on the same clock. */
  readonly now: number;
}

/**
 * Whose turn it is to be measured: the one that is looked at as soon as it is stale, but not twice in a row while others
 * wait, then whoever waited longest. Undefined while all are fresh.
 */
export function nextInTurn({ names, selected, last, measuredAt, now }: Turns): string | undefined {
  const age = (name: string) => now - (measuredAt(name) ?? Number.NEGATIVE_INFINITY);
  const others = names.filter(name => name !== selected && age(name) >= othersFor(names.length));
  const isSelectedStale = selected !== undefined && names.includes(selected) && age(selected) >= selectedFor;
  if (isSelectedStale && (last !== selected || others.length === 0)) return selected;
  return others.toSorted((a, b) => age(b) - age(a))[0];
}

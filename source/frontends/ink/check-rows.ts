import type { CheckLine } from '../../flow/flow.ts';

type State = CheckLine['state'];

/** A check as it is drawn: with its evidence and fix where there is room for them. */
export interface CheckRow {
  readonly check: CheckLine;
  readonly detailed: boolean;
}

/** What a person has to act on, the most pressing first. */
export const troubling: readonly State[] = ['fail', 'warn'];

/** Everything there is evidence for, the most pressing first. */
export const everything: readonly State[] = ['fail', 'warn', 'unknown', 'pass', 'skip'];

/** How many hold: what passes, and what doesn't apply here. */
export function holding(checks: readonly CheckLine[]): number {
  return checks.filter(check => check.state === 'pass' || check.state === 'skip').length;
}

/** As drawn: in their order, what is not known yet at the end. */
export function inOrder(checks: readonly CheckLine[]): readonly CheckLine[] {
  const unknown = checks.filter(check => check.state === 'unknown');
  return [...checks.filter(check => check.state !== 'unknown'), ...unknown];
}

/**
 * Decides which checks show their evidence in that many rows and columns: `states` in their order, until one doesn't
 * fit. Troubles get theirs one by one, the other states only all together; no title is given up for it. Rows are
 * estimated, so whoever draws cuts off what still doesn't fit.
 */
export function fitChecks(
  checks: readonly CheckLine[],
  room: { readonly columns: number; readonly rows: number },
  states: readonly State[] = troubling,
): readonly CheckRow[] {
  const detailed = new Set<CheckLine>();
  let left = room.rows - checks.length;
  for (const group of states.flatMap(state => groupsOf(checks, state))) {
    left -= group.reduce((sum, check) => sum + detailRows(check, room.columns), 0);
    if (left < 0) break;
    for (const check of group) detailed.add(check);
  }
  return inOrder(checks).map(check => ({ check, detailed: detailed.has(check) }));
}

function groupsOf(checks: readonly CheckLine[], state: State): readonly (readonly CheckLine[])[] {
  const those = checks.filter(check => check.state === state);
  return troubling.includes(state) ? those.map(check => [check]) : [those];
}

/** How many rows the evidence and the fix of a check take. */
export function detailRows({ evidence, fix = '' }: CheckLine, columns: number): number {
  return rowsOf(evidence, columns) + rowsOf(fix, columns - 2);
}

/** How many rows a text takes when it is wrapped at words; wide characters count as one column. */
export function rowsOf(text: string, columns: number): number {
  if (text === '') return 0;
  let rows = 1;
  let used = 0;
  for (const { length } of text.split(' ')) {
    const together = used === 0 ? length : used + 1 + length;
    if (together <= columns) {
      used = together;
    } else {
      rows += Math.ceil(length / columns) - (used === 0 ? 1 : 0);
      used = length % columns || columns;
    }
  }
  return rows;
}

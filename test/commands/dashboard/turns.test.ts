import { expect, it } from 'vitest';
import { nextInTurn } from '../../../source/commands/dashboard/turns.ts';

/** Who is measured in so many seconds, each measurement taking `takes` ms. */
function play(count: number, takes: number, seconds: number): readonly string[] {
  const names = Array.from({ length: count }, (_, at) => `p${at}`);
  const at = new Map<string, number>();
  const order: string[] = [];
  for (let now = 0, last: string | undefined; now < seconds * 1000; ) {
    const next = nextInTurn({ names, selected: 'p1', last, measuredAt: name => at.get(name), now });
    now += next === undefined ? 250 : takes;
    if (next === undefined) continue;
    at.set(next, now);
    order.push(next);
    last = next;
  }
  return order;
}

it('begins with the profile that is looked at', () => {
  expect(play(3, 10, 1).slice(0, 3)).toEqual(['p1', 'p0', 'p2']);
});

it('comes back to it every few seconds, and to the others less often', () => {
  const order = play(3, 50, 60);
  const turns = (name: string) => order.filter(other => other === name).length;
  expect(turns('p1')).toBeGreaterThan(20);
  expect(turns('p0')).toBeGreaterThan(9);
  expect(turns('p0')).toBeLessThan(turns('p1'));
});

it('leaves nobody out, however slow the network and many the profiles', () => {
  for (const [count, takes] of [
    [50, 60],
    [6, 3000],
  ] as const) {
    const order = play(count, takes, 60);
    expect(new Set(order).size).toBe(count);
  }
});

it('rests while all are fresh', () => {
  expect(
    nextInTurn({ names: ['a'], selected: 'a', last: 'a', measuredAt: () => 0, now: 1999 }),
  ).toBeUndefined();
  expect(
    nextInTurn({ names: [], selected: 'a', last: undefined, measuredAt: () => 0, now: 1999 }),
  ).toBeUndefined();
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Movements, movingWithUs, type Window } from '../../source/credentials/movement.ts';

const window = (isUsed: boolean, ...moved: readonly string[]): Window => ({ isUsed, moved: new Set(moved) });

describe('the key in hand', () => {
  it.each([
    ['the one that moves with each use', [window(true, 'a'), window(false), window(true, 'a')], ['a']],
    [
      'not one that moves while ours is idle',
      [window(true, 'a', 'busy'), window(false, 'busy'), window(true, 'a', 'busy')],
      ['a'],
    ],
    ['not one that moved by chance', [window(true, 'a', 'b'), window(false), window(true, 'a')], ['a']],
    ['one of those that always moved', [window(true, 'a', 'b'), window(true, 'b', 'a')], ['a', 'b']],
    ['none, where nothing moved', [window(true), window(false)], []],
    ['none, before it was used', [window(false)], []],
    ['none, without a look', [], []],
  ])('is %s', (_what, windows, ids) => {
    expect(movingWithUs(windows)).toEqual(ids);
  });

  it('is always among those that are left, however many others are busy', () => {
    const others = fc.uniqueArray(fc.constantFrom('b', 'c', 'd'));
    const windows = fc.array(fc.tuple(fc.boolean(), others), { minLength: 1 });
    fc.assert(
      fc.property(windows, seen => {
        const all = seen.map(([isUsed, busy]) => window(isUsed, ...(isUsed ? ['ours', ...busy] : busy)));
        const left = movingWithUs([window(true, 'ours', 'b', 'c', 'd'), ...all]);
        expect(left).toContain('ours');
        for (const id of left) {
          for (const { isUsed, moved } of all) expect(moved.has(id)).toBe(isUsed);
        }
      }),
    );
  });
});

describe('movements', () => {
  const key = (id: string, lastUsedAt?: string) => ({ id, ...(lastUsedAt ? { lastUsedAt } : {}) });
  const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z'];

  it('are of keys that were there before: appearing is none', () => {
    const movements = new Movements();
    expect(movements.look([key('a', early)])).toEqual({ moved: new Set(), hasGrown: true });
    expect(movements.look([key('a', early), key('b', late)])).toEqual({ moved: new Set(), hasGrown: true });
    expect(movements.look([key('a', late), key('b', late)])).toEqual({
      moved: new Set(['a']),
      hasGrown: false,
    });
  });

  it('are of a key’s first use too', () => {
    const movements = new Movements();
    movements.look([key('a')]);
    expect(movements.look([key('a', early)]).moved).toEqual(new Set(['a']));
  });

  it('are only forwards: a list that is behind says an old time again', () => {
    const movements = new Movements();
    for (const time of [early, late]) movements.look([key('a', time)]);
    expect(movements.look([key('a', early)]).moved).toEqual(new Set());
    expect(movements.look([key('a', late)]).moved).toEqual(new Set());
    expect(movements.look([]).moved).toEqual(new Set());
    expect(movements.look([key('a', late)]).moved).toEqual(new Set());
  });
});

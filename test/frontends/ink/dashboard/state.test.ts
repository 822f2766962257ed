import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueIn, mostPressing, standingOf } from '../../../../source/frontends/ink/dashboard/board.ts';
import { partAround } from '../../../../source/frontends/ink/dashboard/part-around.ts';
import { fixOf } from '../../../../source/frontends/ink/dashboard/state.ts';
import { aBoardKey } from './support/boards.ts';

describe('the fix of a check', () => {
  const words = (fix: string) =>
    fixOf({ id: '', title: '', state: 'fail', evidence: '', fix }, 'staging')?.join(' ');

  it.each([
    ['castkeys rotate --role reader', 'rotate --role reader --profile staging'],
    ['castkeys setup', 'setup'],
    ['castkeys keys add --role reader --profile other', 'keys add --role reader --profile other'],
    [
      'in the console, narrow it; or store a narrower key: castkeys keys add --replace',
      'keys add --replace --profile staging',
    ],
  ])('%s is started here', (fix, started) => {
    expect(words(fix)).toBe(started);
  });

  it.each([
    'add .env to .gitignore',
    'castkeys profiles edit staging --organization ID',
    'castkeys run -- sh -c "x"',
    'castkeys scan; then rotate',
    "chmod 600 'a file'",
    'castkeys keys add --role reader | cat',
  ])('%s is left to the person', fix => {
    expect(words(fix)).toBeUndefined();
  });
});

describe('a key', () => {
  it('is due, over or young', () => {
    expect([-1, 0, 13, 14].map(left => standingOf({ left, notice: 14 }))).toEqual([
      'over',
      'due',
      'due',
      'young',
    ]);
  });

  it('says when it is due, in words', () => {
    const said = (left: number, expires = false) => dueIn({ left, expires });
    expect([said(9), said(1), said(0), said(-1), said(-7)]).toEqual([
      'due in 9 days',
      'due in 1 day',
      'due today',
      '1 day over',
      '7 days over',
    ]);
    expect([said(3, true), said(0, true), said(-2, true)]).toEqual([
      'expires in 3 days',
      'expires today',
      'expired 2 days ago',
    ]);
  });

  it('presses most where it is due first', () => {
    const keys = [aBoardKey({ left: 4 }), aBoardKey({ role: 'writer', left: -2 })];
    expect(mostPressing({ keys })?.role).toBe('writer');
    expect(mostPressing({ keys: [] })).toBeUndefined();
  });
});

it('the part of a list that is shown holds what is looked at, and no more than there is room for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 20 }),
      fc.nat(19),
      fc.integer({ min: 7, max: 40 }),
      (heights, wanted, rows) => {
        const at = wanted % heights.length;
        const { from, to } = partAround(heights, at, rows);
        const taken = heights.slice(from, to).reduce((sum, height) => sum + height, 0);
        expect(from <= at && at < to).toBe(true);
        expect(taken + (to - from < heights.length ? 1 : 0)).toBeLessThanOrEqual(rows);
      },
    ),
  );
});

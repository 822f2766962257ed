import { describe, expect, it } from 'vitest';
import { elapsed } from '../../../source/frontends/ink/elapsed.ts';

describe('a duration', () => {
  it.each([
    [299, undefined],
    [300, '0.3 s'],
    [9_940, '9.9 s'],
    [12_600, '12 s'],
    [125_000, '2 min 05 s'],
  ])('of %i ms is %s', (milliseconds, words) => {
    expect(elapsed(milliseconds)?.replaceAll('\u00a0', ' ')).toBe(words);
  });
});

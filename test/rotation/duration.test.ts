import { describe, expect, it } from 'vitest';
import { parseDuration, sayDuration } from '../../source/rotation/duration.ts';

describe('a duration', () => {
  it.each([
    ['0s', 0],
    ['90m', 5_400_000],
    ['24h', 86_400_000],
    ['2 d', 172_800_000],
  ])('%s is read', (typed, ms) => {
    expect(parseDuration(typed, '--drain')).toBe(ms);
  });

  it.each(['', '24', 'h', '-1h', '1.5h', '1w', '91d', '1h30m', '1e3s'])(
    '%j is refused, naming the option',
    typed => {
      expect(() => parseDuration(typed, '--drain')).toThrow(/--drain takes a number and s, m, h or d/);
    },
  );

  it.each([
    [0, '0 s'],
    [1, '1 s'],
    [59_000, '59 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [86_399_000, '23 h 59 min'],
    [90_000_000, '1 d 1 h'],
  ])('%i ms is said as %s', (ms, said) => {
    expect(sayDuration(ms)).toBe(said);
  });
});

import { CastkeysError } from '../../errors.ts';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `5m`, `1h`, `2d` in milliseconds. */
export function durationOf(text: string, option: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})(ms|s|m|h|d)$/.exec(text) ?? [];
  const [, ms] = Object.entries(units).find(([name]) => name === unit) ?? [];
  if (ms !== undefined) return Number(amount) * ms;
  throw new CastkeysError('usage', `${option} takes a duration, such as 30s, 5m or 1h.`, `${option} 1h`);
}

import { CastkeysError } from '../errors.ts';

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const most = 90 * units.d;

/**
 * Reads a duration as typed (`24h`, `90m`, `2d`, `0s`), in ms.
 * @throws CastkeysError `usage` naming the option.
 */
export function parseDuration(typed: string, option: string): number {
  const [, count = '', unit = ''] = /^(\d{1,7})\s*([smhd])$/.exec(typed.trim()) ?? [];
  const ms = Number(count) * (Object.entries(units).find(([name]) => name === unit)?.[1] ?? Number.NaN);
  if (ms <= most) return ms;
  throw new CastkeysError(
    'usage',
    `${option} takes a number and s, m, h or d, and at most 90 days. Nothing was changed.`,
    `${option} 24h`,
  );
}

/** A duration in words, to two units: `23 h 59 min`. */
export function sayDuration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

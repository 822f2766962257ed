import { CastkeysError } from '../../errors.ts';

/** A whole number within bounds. */
export function numberOf(text: string, option: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new CastkeysError(
    'usage',
    `${option} takes a number from ${least} to ${most}.`,
    `${option} ${least}`,
  );
}

import { CastkeysError } from '../errors.ts';
import type { Call } from './command.ts';

/**
 * `--port N`; undefined where it isn't given.
 * @throws CastkeysError `usage` for what is no port.
 */
export function portOf({ flags }: Pick<Call, 'flags'>): number | undefined {
  const given = flags.text('port');
  if (given === undefined) return undefined;
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw new CastkeysError('usage', '--port takes a number from 0 to 65535.', '--port 4180');
}

import type { Wait } from './action.ts';
import type { Unknown } from './observed.ts';

/** The wait for something that could not be told. */
export const untold = (reason: 'unknown' | 'keychain', { reason: words, code }: Unknown): Wait => ({
  reason,
  words,
  code,
});

/** What it looks like where entries are missing at the end. */
import { statSync } from 'node:fs';
import type { Home } from '../home/home.ts';
import { currentFile } from './log-files.ts';

/** A file is written when its last entry is made, give or take, in ms. */
const writeTime = 5000;

export interface Ending {
  readonly kind: 'cut-tail' | 'rolled-back' | 'file-deleted' | 'file-emptied';
  readonly orElse?: 'cut-tail' | 'rolled-back';
}

/**
 * `lastAt`: the time of the last entry that is left in the current file; undefined where there is none. A copy that was
 * put back with its dates tells itself by them; one without, and a cut between two lines, look alike.
 */
export function endingOf(home: Home, lastAt: string | undefined, isTorn: boolean): Ending {
  const stat = statSync(currentFile(home), { throwIfNoEntry: false });
  if (!stat) return { kind: 'file-deleted' };
  if (stat.size === 0) return { kind: 'file-emptied' };
  if (isTorn || lastAt === undefined) return { kind: 'cut-tail' };
  const isOfItsTime = stat.mtimeMs <= Date.parse(lastAt) + writeTime;
  return isOfItsTime
    ? { kind: 'rolled-back', orElse: 'cut-tail' }
    : { kind: 'cut-tail', orElse: 'rolled-back' };
}

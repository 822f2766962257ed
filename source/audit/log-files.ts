/** The files of the log: `audit.jsonl`, which is appended to, and those it was cut into, named by their last entry. */
import { existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Home, syncDirectory } from '../home/home.ts';

export const currentFile = (home: Home): string => join(home.state, 'audit.jsonl');
export const lockFile = (home: Home): string => join(home.state, 'audit.lock');

const finished = /^audit\.(\d{12})\.jsonl$/;

/** Every file there is, oldest first. */
export function logFiles(home: Home): readonly string[] {
  const names = existsSync(home.state) ? readdirSync(home.state) : [];
  const older = names.filter(name => finished.test(name)).toSorted();
  return [
    ...older.map(name => join(home.state, name)),
    ...(existsSync(currentFile(home)) ? [currentFile(home)] : []),
  ];
}

/** Puts the current file aside once it has its size; the chain goes on in a new one. The caller holds the lock. */
export function cutWhenFull(home: Home, lastSeq: number, mostBytes: number): void {
  const file = currentFile(home);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < mostBytes || lastSeq === 0) return;
  const aside = join(home.state, `audit.${String(lastSeq).padStart(12, '0')}.jsonl`);
  if (existsSync(aside)) return;
  renameSync(file, aside);
  syncDirectory(home.state);
}

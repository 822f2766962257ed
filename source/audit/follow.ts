import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Home } from '../home/home.ts';
import type { Entry } from './entry.ts';
import { readLine } from './line.ts';
import { currentFile, logFiles } from './log-files.ts';
import { type EntryFilter, wants } from './read-log.ts';
import { logLines } from './verify/log-lines.ts';

/** Between two looks, in ms. A watch of the file system would miss what happens on a network drive. */
const lookEvery = 250;

/** The entries that are made from now on, as they come, until the signal: what is cut into another file included. */
export async function* follow(
  home: Home,
  filter: EntryFilter,
  { after, signal }: { readonly after: number; readonly signal: AbortSignal },
): AsyncGenerator<Entry, void, void> {
  let last = after;
  let seen = '';
  while (!signal.aborted) {
    const now = stampOf(home);
    if (now !== seen) {
      seen = now;
      for (const entry of newer(home, last)) {
        last = entry.seq;
        if (wants(filter, entry)) yield entry;
      }
    }
    await delay(lookEvery, undefined, { signal }).catch(() => {});
  }
}

function* newer(home: Home, after: number): Generator<Entry, void, void> {
  for (const { text, isTorn } of logLines(logFiles(home).slice(-2))) {
    const entry = isTorn ? undefined : readLine(text);
    if (entry && entry.seq > after) yield entry;
  }
}

function stampOf(home: Home): string {
  const stat = statSync(currentFile(home), { throwIfNoEntry: false });
  return `${stat?.ino} ${stat?.size} ${stat?.mtimeMs}`;
}

import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ensurePrivateDirectory, unwritable } from '../../home/home.ts';
import type { ReplayMemory } from '../verification/replay-memory.ts';
import { isWebhookId } from '../verification/standard-webhooks.ts';

/** Lines; a file of so many is read in some ten milliseconds. */
const compactAfter = 50_000;

export interface SeenFile extends ReplayMemory {
  readonly close: () => void;
}

/**
 * Keeps a replay memory's claims in a file as well, so that a webhook from before a restart, or a kill, is not taken again. One
 * line each, appended without fsync: what the system was handed outlives this process, and a power cut outlasts the tolerance.
 */
export function seenFile(path: string, memory: ReplayMemory, now: () => number): SeenFile {
  ensurePrivateDirectory(dirname(path));
  let live = readSeen(path, now());
  for (const [id, until] of live) memory.claim(id, until);
  let file = rewrite(path, live);
  let added = 0;
  const append = (until: number, id: string) => {
    writeSync(file, `${until} ${id}\n`);
    added += 1;
    if (added < compactAfter + live.size) return;
    live = readSeen(path, now());
    closeSync(file);
    file = rewrite(path, live);
    added = 0;
  };
  return {
    claim: async (id, until) => {
      const claim = await memory.claim(id, until);
      if (claim === 'fresh') append(until, id);
      return claim;
    },
    release: async id => {
      await memory.release(id);
      append(0, id);
    },
    close: () => closeSync(file),
  };
}

/** The claims that still count; the last line of an id is what is true of it. What can't be read, a line cut off by a kill, says nothing. */
function readSeen(path: string, now: number): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  let content = '';
  try {
    content = readFileSync(path, 'utf8');
  } catch (thrown) {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    if (!isMissing) throw unwritable(path, thrown);
  }
  for (const line of content.split('\n')) {
    const [until = '', id = ''] = line.split(' ');
    if (/^\d{1,16}$/.test(until) && isWebhookId(id)) seen.set(id, Number(until));
  }
  return new Map([...seen].filter(([, until]) => until > now));
}

function rewrite(path: string, live: ReadonlyMap<string, number>): number {
  try {
    writeFileSync(path, [...live].map(([id, until]) => `${until} ${id}\n`).join(''), { mode: 0o600 });
    return openSync(path, 'a', 0o600);
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import { CastkeysError } from '../errors.ts';
import { type State, stateSchema } from './schema.ts';

/**
 * Reads a practice server's state; undefined where there is no file yet. A file that can't be read or
 * understood is a {@link CastkeysError} and stays as it is.
 */
export async function loadState(path: string): Promise<State | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw new CastkeysError(
      'config-unreadable',
      `The practice server's state in ${path} can't be read. Nothing was changed.`,
      `make the file readable, or start with another one`,
      { cause: thrown },
    );
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), stateSchema), text);
  if (parsed.success) return parsed.output;
  // The cause stays out: valibot's issues quote what they found, and this file holds the seed of key values.
  throw new CastkeysError(
    'config-invalid',
    `The practice server's state in ${path} is damaged, or not its own. It was left as it is.`,
    'move the file away and start again: a new practice world is made',
  );
}

/**
 * Writes the state, readable by the owner alone. A rename makes it whole or not at all when the process
 * is killed; no fsync, because losing a practice world to a power cut is no loss and each request writes it.
 */
export async function saveState(path: string, state: State): Promise<void> {
  const text = JSON.stringify(state);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFileAtomic(path, text, { mode: 0o600, fsync: false });
  } catch (thrown) {
    throw new CastkeysError(
      'home-unwritable',
      `The practice server's state can't be written to ${path}. What happened since is only in memory.`,
      'make the directory writable, or start without a state file',
      { cause: thrown },
    );
  }
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

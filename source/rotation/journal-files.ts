import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Place } from '../credentials/credentials.ts';
import { CastkeysError } from '../errors.ts';
import { type Home, writeJson } from '../home/home.ts';
import { isSamePlace, type Journal, journalSchema } from './journal.ts';

const directoryOf = (home: Home): string => join(home.state, 'rotations');
const fileOf = (home: Home, id: string): string => join(directoryOf(home), `${id}.json`);

/** Writes a journal, whole and on disk when it returns. */
export async function saveJournal(home: Home, journal: Journal): Promise<void> {
  await writeJson(fileOf(home, journal.id), journal);
}

/** One rotation's. Throws as {@link readJournals} does. */
export const readJournal = (home: Home, id: string): Journal => parseJournal(fileOf(home, id));

/**
 * Every rotation of this install, oldest first.
 * @throws CastkeysError `config-invalid` for a journal that can't be read: what it knows must not be passed over.
 */
export function readJournals(home: Home): readonly Journal[] {
  return namesIn(directoryOf(home))
    .map(name => parseJournal(join(directoryOf(home), name)))
    .toSorted((one, other) => one.startedAt.localeCompare(other.startedAt));
}

/** The rotations that have not ended. */
export const unfinished = (home: Home): readonly Journal[] =>
  readJournals(home).filter(({ ending }) => ending === undefined);

/** The one of this place that has not ended. */
export const unfinishedAt = (home: Home, place: Place): Journal | undefined =>
  unfinished(home).find(journal => isSamePlace(journal.place, place));

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).filter(name => /^[\w-]+\.json$/.test(name));
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
    throw unreadable(directory, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function parseJournal(file: string): Journal {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), journalSchema), textOf(file));
  if (result.success) return result.output;
  throw unreadable(file, `${v.getDotPath(result.issues[0]) ?? 'the file'}: ${result.issues[0].message}`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw unreadable(file, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function unreadable(file: string, reason: string): CastkeysError {
  return new CastkeysError(
    'config-invalid',
    `The rotation journal ${file} can't be used: ${reason}. It was left as it is, and no key was touched.`,
    'mend the file; or look in the console which keys exist, and move it away',
  );
}

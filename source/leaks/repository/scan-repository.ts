import { join } from 'node:path';
import { askGit, type GitPlace } from '../../git/git.ts';
import type { Home } from '../../home/home.ts';
import type { Located, Sighting } from '../finding.ts';
import type { Recogniser } from '../known-keys.ts';
import type { ReadObject } from '../objects/batch-reader.ts';
import { IdSet } from '../objects/id-set.ts';
import { readEveryObject } from '../objects/read-objects.ts';
import { objectStoreState } from '../objects/store-state.ts';
import { assemble } from './assemble.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { locate } from './locate.ts';
import type { Repository } from './repository.ts';
import { recognising, searchObjects } from './search-objects.ts';
import { searchSurroundings, surroundingsState } from './surroundings.ts';

export interface RepositoryScan {
  readonly repository: Repository;
  readonly home: Home;
  readonly clock: () => Date;
  /** Credential ids that are to be looked for by value. */
  readonly wanted: readonly string[];
  /** Opens the keychain: asked only where there is something to look through. */
  readonly recogniser: () => Promise<Recogniser>;
  /** Read everything, whatever is remembered. */
  readonly full: boolean;
  /** The keys themselves are wanted: what was found before is looked at again. */
  readonly needsValues: boolean;
  /** Told how many objects there are to read, as far as that is known. */
  readonly onCounted: (objects: number) => void;
  readonly onObject: (object: ReadObject) => void;
  readonly signal: AbortSignal;
}

export interface RepositoryResult {
  readonly located: readonly Located[];
  /** How many objects were known already and not read again. */
  readonly skipped: number;
  readonly unreadable: readonly string[];
}

/**
 * Looks through every object of a repository that was not looked through before, and says where all keys in it lie. When it is
 * cancelled, what was found and how far it came are kept.
 */
export async function scanRepository(scan: RepositoryScan): Promise<RepositoryResult> {
  const { repository, full } = scan;
  const state = objectStoreState(join(repository.commonDirectory, 'objects'));
  const surroundings = surroundingsState(repository);
  const cursor = full ? undefined : usable(readCursor(scan.home, repository.commonDirectory), scan.wanted);
  // What git could not give is asked for again: it may have been mended, under the same name.
  const hasAll = cursor?.state === state && cursor.unreadable.length === 0;
  if (
    cursor &&
    hasAll &&
    cursor.surroundings === surroundings &&
    !(scan.needsValues && cursor.located.length > 0)
  ) {
    await keepFresh(scan, cursor);
    return { located: cursor.located, skipped: cursor.known, unreadable: cursor.unreadable };
  }
  const read = await readNew(scan, hasAll, cursor);
  const isOver = !scan.signal.aborted;
  const located = isOver
    ? await locateAll(scan, read.sightings)
    : await assemble(repository, read.sightings, new Map());
  const now = scan.clock().toISOString();
  await writeCursor(
    scan.home,
    {
      repository: repository.commonDirectory,
      searched: [...scan.wanted].sort(),
      // Cancelled, it did not come to the end; the next scan asks for what is missing.
      ...(isOver ? { state, surroundings, coveredAt: now } : {}),
      unreadable: read.unreadable,
      sightings: read.sightings,
      located: [...located],
    },
    read.known,
  );
  return { located, skipped: read.skipped, unreadable: read.unreadable };
}

/** What was remembered counts only while every key that is looked for now was looked for then. */
function usable(cursor: Cursor | undefined, wanted: readonly string[]): Cursor | undefined {
  return cursor && wanted.every(id => cursor.searched.includes(id)) ? cursor : undefined;
}

/** A scan that finds nothing new is a scan all the same; within an hour of the last one it is not worth writing down. */
async function keepFresh({ home, clock }: RepositoryScan, cursor: Cursor): Promise<void> {
  const age = clock().getTime() - Date.parse(cursor.coveredAt ?? '');
  if (age < 60 * 60 * 1000) return;
  const { ids, known: _, ...stored } = cursor;
  await writeCursor(home, { ...stored, coveredAt: clock().toISOString() }, ids());
}

async function readNew(scan: RepositoryScan, hasAll: boolean, cursor: Cursor | undefined) {
  const known = cursor?.ids() ?? new IdSet();
  const skipped = known.size;
  const sightings: Sighting[] = skipped > 0 && cursor ? await stillThere(scan, cursor.sightings) : [];
  const unreadable: string[] = [];
  const recogniser = await scan.recogniser();
  if (scan.needsValues) {
    const { place } = scan.repository;
    await searchObjects(
      place,
      sightings.map(({ object }) => object),
      recogniser,
      () => {},
    );
  }
  if (hasAll && skipped > 0) return { known, skipped, sightings, unreadable };
  scan.onCounted(Math.max(0, (await countObjects(scan.repository.place)) - skipped));
  try {
    await readEveryObject({
      place: { ...scan.repository.place, signal: scan.signal },
      search: recogniser.search,
      known,
      sink: recognising(recogniser, {
        onObject: scan.onObject,
        onMissing: id => unreadable.push(id),
        onSighting: sighting => sightings.push(sighting),
      }),
    });
  } catch (thrown) {
    if (!scan.signal.aborted) throw thrown;
  }
  return { known, skipped, sightings, unreadable };
}

/** A glance at the tables of contents; what alternates hold is not counted. */
async function countObjects(place: GitPlace): Promise<number> {
  const { output } = await askGit(['count-objects', '-v'], place);
  const counts = ['count', 'in-pack'].map(name =>
    Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(output)?.[1] ?? 0),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What was found before and is not gone since: history may have been rewritten, and the old one collected. */
async function stillThere(
  { repository }: RepositoryScan,
  sightings: readonly Sighting[],
): Promise<Sighting[]> {
  if (sightings.length === 0) return [];
  const ids = sightings.map(({ object }) => `${object}\n`).join('');
  const answer = await askGit(['cat-file', '--batch-check'], repository.place, ids);
  const gone = new Set(
    answer.output.split('\n').flatMap(line => (/ missing$/.test(line) ? [line.split(' ')[0]] : [])),
  );
  return sightings.filter(({ object }) => !gone.has(object));
}

async function locateAll(scan: RepositoryScan, sightings: readonly Sighting[]): Promise<readonly Located[]> {
  const { repository } = scan;
  const locations = await locate(repository.place, sightings);
  const inObjects = await assemble(repository, sightings, locations);
  const recogniser = await scan.recogniser();
  const around = await searchSurroundings(repository, recogniser);
  return [...inObjects.map(one => (one.path ? { ...one, path: recogniser.mask(one.path) } : one)), ...around];
}

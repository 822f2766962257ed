import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Home, writeBytes, writeJson } from '../../home/home.ts';
import { locatedSchema, sightingSchema } from '../finding.ts';
import { IdSet } from '../objects/id-set.ts';

const cursorSchema = v.object({
  version: v.literal(1),
  /** The git directory that this is about. */
  repository: v.string(),
  /** The credentials that were looked for by value, sorted. */
  searched: v.array(v.string()),
  /** How many objects were looked through, and how many bytes an id of one has; the ids are in a file beside this one. */
  known: v.number(),
  width: v.number(),
  /** What object files there were when all of them had been looked through; absent where they have not been. */
  state: v.optional(v.string()),
  /** When that was. ISO 8601. */
  coveredAt: v.optional(v.string()),
  /** Objects that git could not give. */
  unreadable: v.array(v.string()),
  sightings: v.array(sightingSchema),
  /** What came of it: where all that was found lies, as long as neither `state` nor this changes. */
  surroundings: v.optional(v.string()),
  located: v.array(locatedSchema),
});
type Stored = v.InferOutput<typeof cursorSchema>;

/** How far a repository has been looked through. */
export interface Cursor extends Omit<Stored, 'version' | 'known' | 'width'> {
  /** How many objects were looked through. */
  readonly known: number;
  /** The ids of those; read when they are needed. */
  readonly ids: () => IdSet;
}

const fileOf = (home: Home, repository: string, extension: string): string =>
  join(
    home.state,
    'scans',
    `${createHash('sha256').update(repository).digest('hex').slice(0, 32)}.${extension}`,
  );

/** What is remembered of a repository; undefined where nothing is, or what is can't be relied on. */
export function readCursor(home: Home, repository: string): Cursor | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(home, repository, 'json'), 'utf8');
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cursorSchema), text);
  if (!parsed.success || parsed.output.repository !== repository) return undefined;
  const { version: _, width, ...stored } = parsed.output;
  return { ...stored, ids: () => readIds(fileOf(home, repository, 'ids'), width, stored.known) };
}

/** A file of another length than was written down is of another scan: then nothing is known. */
function readIds(file: string, width: number, known: number): IdSet {
  try {
    const ids = readFileSync(file);
    if (width > 0 && ids.length === width * known) return new IdSet(width, ids);
  } catch {
    // As good as none.
  }
  return new IdSet();
}

/** Remembers how far a repository has been looked through. */
export async function writeCursor(
  home: Home,
  cursor: Omit<Cursor, 'known' | 'ids'>,
  ids: IdSet,
): Promise<void> {
  const { repository } = cursor;
  const known = ids.bytes();
  // Between the two files nothing is known: their lengths differ.
  await rm(fileOf(home, repository, 'json'), { force: true });
  await writeBytes(fileOf(home, repository, 'ids'), known);
  const stored: Stored = { ...cursor, version: 1, known: ids.size, width: ids.width };
  await writeJson(fileOf(home, repository, 'json'), stored);
}

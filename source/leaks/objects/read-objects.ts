import type { Readable } from 'node:stream';
import { CastkeysError } from '../../errors.ts';
import { askGit, type GitPlace, isMissingProgram, startGit } from '../../git/git.ts';
import { printable } from '../../printable.ts';
import { gitMissing } from '../git-missing.ts';
import type { KeySearch } from '../spelling/key-search.ts';
import { BatchReader, type ObjectSink } from './batch-reader.ts';
import type { IdSet } from './id-set.ts';

export interface ObjectsToRead {
  readonly place: GitPlace;
  readonly search: KeySearch;
  readonly sink: ObjectSink;
  /** What was looked through already; grows by every object that is. */
  readonly known: IdSet;
}

/** More corrupt objects than this, each of which ends git, and the repository is better mended first. */
const mostRestarts = 1000;

/**
 * Looks through every object of a repository that isn't known yet, in the order they are stored in. What can't be read is
 * told of and passed over.
 * @throws CastkeysError where git can't be used at all.
 */
export async function readEveryObject(wanted: ObjectsToRead): Promise<void> {
  if (wanted.known.size === 0) {
    const { isWhole } = await readBatch(['--batch-all-objects', '--unordered'], undefined, wanted);
    if (isWhole) return;
  }
  // Only what is new; and after a bad object, which ends git, the others by name.
  const ids = await listObjects(wanted.place);
  await readObjects(
    ids.filter(id => !wanted.known.has(id)),
    wanted,
  );
}

/** Looks through these objects. */
export async function readObjects(ids: readonly string[], wanted: ObjectsToRead): Promise<void> {
  let left = ids;
  for (let restarts = 0; left.length > 0 && restarts < mostRestarts; restarts += 1) {
    const { isWhole, next } = await readBatch([], left, wanted);
    if (isWhole) return;
    const [unreadable = ''] = left.slice(next);
    wanted.sink.onMissing(unreadable);
    left = left.slice(next + 1);
  }
  for (const id of left) wanted.sink.onMissing(id);
}

/** The ids of all objects there are, in hex, in the order they are stored in. */
export async function listObjects(place: GitPlace): Promise<readonly string[]> {
  const listing = ['--batch-all-objects', '--batch-check=%(objectname)', '--unordered', '--buffer'];
  const answer = await askGit(['cat-file', ...listing], place);
  if (isMissingProgram(answer)) throw gitMissing();
  if (answer.exitCode !== 0) throw unreadable(answer.error, answer.exitCode);
  return answer.output.split('\n').slice(0, -1);
}

/** git keeps 96 MB of what others are deltas of; with 64 it needs a fifth less memory, and hardly more time. */
const memory = ['-c', 'core.deltaBaseCacheLimit=64m'];

/** @returns whether git got to the end, and how many objects it gave. */
async function readBatch(
  options: readonly string[],
  ids: readonly string[] | undefined,
  { place, search, sink, known }: ObjectsToRead,
): Promise<{ readonly isWhole: boolean; readonly next: number }> {
  const git = startGit([...memory, 'cat-file', '--batch', '--buffer', ...options], place, [
    ids ? 'pipe' : 'ignore',
    'pipe',
    'pipe',
  ]);
  let next = 0;
  const reader = new BatchReader(search, {
    ...sink,
    onObject: object => {
      next += 1;
      known.add(object.id);
      sink.onObject(object);
    },
    onMissing: id => {
      next += 1;
      sink.onMissing(id);
    },
  });
  const exit = new Promise<number>((resolve, reject) => {
    git.once('error', error => reject('code' in error && error.code === 'ENOENT' ? gitMissing() : error));
    git.once('close', code => resolve(code ?? 1));
  });
  const trouble = lastWords(git.stderr);
  // A git that has ended reads no more names; its exit code tells.
  git.stdin?.on('error', () => {}).end(ids?.map(id => `${id}\n`).join(''));
  const reading = git.stdout ? readAll(git.stdout, reader, place.signal) : undefined;
  // Whatever ends git, nothing is read any more when this is over: what is known then is written down.
  await Promise.allSettled([exit, reading]);
  const code = await exit;
  await reading;
  if (code !== 0 && next === 0 && !ids) throw unreadable(await trouble, code);
  return { isWhole: code === 0, next };
}

/**
 * Events and not `for await`: git writes in small pieces, and only few of them have to be waited for. A pause is a wish: when
 * git has ended, node hands on what is left all the same, and then it waits its turn.
 */
async function readAll(
  stdout: Readable,
  reader: BatchReader,
  signal: AbortSignal | undefined,
): Promise<void> {
  let turn: Promise<void> | undefined;
  await new Promise<void>((resolve, reject) => {
    const wait = (waiting: Promise<void>) => {
      stdout.pause();
      const mine = waiting.then(() => {
        if (turn !== mine) return;
        turn = undefined;
        stdout.resume();
      });
      turn = mine;
      mine.catch(reject);
    };
    stdout.on('data', (bytes: Buffer) => {
      const waiting = turn ? turn.then(() => reader.take(bytes)) : reader.take(bytes);
      if (waiting) wait(waiting);
    });
    // Closed without an end where git could not be started.
    stdout.once('end', resolve).once('close', resolve).once('error', reject);
    signal?.addEventListener('abort', () => {
      stdout.removeAllListeners('data').destroy();
      resolve();
    });
  });
  await turn;
  if (!signal?.aborted) await reader.end();
}

/** Of git's own words; there may be one for each bad object. */
async function lastWords(stream: Readable | null): Promise<string> {
  let words = '';
  for await (const bytes of stream ?? []) words = `${words}${bytes}`.slice(-2000);
  return words;
}

/** How git says that it doesn't know an option. */
const usageError = 129;

function unreadable(reason: string, exitCode: number | undefined): CastkeysError {
  const isOld = exitCode === usageError;
  return new CastkeysError(
    'failed',
    `git can't list the objects of this repository: ${printable(reason.trim())}. Nothing was concluded from it.`,
    isOld ? 'install git 2.20 or newer' : 'git fsck',
  );
}

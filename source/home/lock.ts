import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CastkeysError } from '../errors.ts';
import { ensurePrivateDirectory, unwritable } from './durable.ts';

const retryEvery = 20; // ms: a lock whose holder was killed is ours well within 50 ms
const busy = 5; // SQLITE_BUSY

export interface LockOptions {
  /** How long to wait for the holder, in ms. Default 10 s; a person at a wizard holds no lock while thinking. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

/** A lock that is taken again and again: opening its file once spares half of each turn. */
export interface Lock {
  /** Runs `work` while holding the lock. One at a time: whoever holds it must not ask for it again. */
  hold<T>(work: () => Promise<T>, options?: LockOptions): Promise<T>;
  close(): void;
}

/**
 * Runs `work` while holding the lock `file`, across processes.
 *
 * The lock is an exclusive transaction on an empty SQLite file: the kernel drops it the moment its
 * holder dies, and a sleeping laptop keeps it. A lock kept alive by touching a file does neither
 * (measured: 10 s until it was free after a SIGKILL).
 *
 * @throws CastkeysError `home-busy` when the holder doesn't let go in time; `home-unwritable`.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const lock = await openLock(file);
  try {
    return await lock.hold(work, options);
  } finally {
    lock.close();
  }
}

/** Opens the lock `file`, as {@link withLock} does, for more than one turn. */
export async function openLock(file: string): Promise<Lock> {
  ensurePrivateDirectory(dirname(file));
  makePrivately(file);
  const database = await openDatabase(file);
  return {
    hold: async (work, options = {}) => {
      await acquire(database, file, options);
      try {
        return await work();
      } finally {
        database.exec('ROLLBACK');
      }
    },
    close: () => database.close(),
  };
}

/**
 * Makes the file: SQLite would make it readable for everyone. One that is there is not opened: a POSIX lock is gone
 * when its process closes any descriptor of the file, so that would end a lock that another part of this process holds.
 */
function makePrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (thrown) {
    if (!isThere(thrown)) throw unwritable(file, thrown);
  }
  try {
    // On a file that it can't write SQLite takes no lock, and says nothing.
    accessSync(file, constants.W_OK);
  } catch (thrown) {
    throw unwritable(file, thrown);
  }
}

function isThere(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';
}

async function openDatabase(file: string) {
  const { DatabaseSync } = await loadSqlite();
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (thrown) {
    throw unwritable(file, thrown);
  }
}

async function acquire(
  database: { exec(sql: string): void },
  file: string,
  options: LockOptions,
): Promise<void> {
  const giveUp = performance.now() + (options.patience ?? 10_000);
  for (;;) {
    try {
      return database.exec('BEGIN EXCLUSIVE');
    } catch (thrown) {
      if (!isBusy(thrown)) throw unwritable(file, thrown);
    }
    if (performance.now() > giveUp) {
      throw new CastkeysError(
        'home-busy',
        `Another castkeys is writing (${file} is locked). Nothing was changed.`,
        'finish or end the other castkeys, then run the same command again',
      );
    }
    await delay(retryEvery, undefined, options.signal ? { signal: options.signal } : {});
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'errcode' in thrown && thrown.errcode === busy;
}

let sqlite: Promise<typeof import('node:sqlite')> | undefined;

/** Once: two at a time would each take the other's silence for what there was before. */
function loadSqlite(): Promise<typeof import('node:sqlite')> {
  sqlite ??= quietly(() => import('node:sqlite'));
  return sqlite;
}

/** Node 22 warns that SQLite is experimental; that is no news to a person rotating keys. */
async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return await load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

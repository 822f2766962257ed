import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CastkeysError } from '../errors.ts';

/** Makes a directory (and those above it) for the owner alone; one that is there stays as it is. */
export function ensurePrivateDirectory(path: string): void {
  try {
    makeDirectory(path);
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

/** Not `recursive`: where a file system makes no directories and says ENOENT (/proc), Node 24 then tries for ever. */
function makeDirectory(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(path);
  if (!existsSync(parent)) makeDirectory(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    // Another castkeys may have made it just now.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw thrown;
  }
}

/** Makes a rename in this directory survive a power cut. Windows can't open directories, and needn't. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** Writes a JSON file whole or not at all, mode 0600, on disk when it returns. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeBytes(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
}

/** Writes a file whole or not at all, mode 0600, on disk when it returns. */
export async function writeBytes(path: string, bytes: Buffer): Promise<void> {
  ensurePrivateDirectory(dirname(path));
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    await writeFileAtomic(path, bytes, { mode: 0o600 });
    syncDirectory(dirname(path));
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

/** The error for a home that is read-only or full: says that nothing was lost. */
export function unwritable(path: string, thrown: unknown): CastkeysError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new CastkeysError(
    'home-unwritable',
    `${path} can't be written: ${reason}. What was there is unchanged.`,
    'make room or make the directory writable, or set CASTKEYS_HOME to another one',
    { cause: thrown },
  );
}

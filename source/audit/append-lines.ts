import { closeSync, fstatSync, fsync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Home, syncDirectory, unwritable } from '../home/home.ts';
import { currentFile } from './log-files.ts';

const sync = promisify(fsync);

/** What stands torn at the end of the file: whether it may go, as a write that was never acknowledged, or has to stay. */
export type Torn = { readonly bytes: number; readonly stays: boolean };

/**
 * Appends whole lines, on disk when it resolves; where that fails, nothing of them stays. The caller holds the lock.
 * @throws CastkeysError `home-unwritable`.
 */
export async function appendLines(home: Home, lines: readonly string[], torn: Torn): Promise<void> {
  const file = currentFile(home);
  try {
    const descriptor = openSync(file, 'a', 0o600);
    try {
      const size = fstatSync(descriptor).size;
      const start = torn.stays ? size : Math.max(0, size - torn.bytes);
      if (start < size) ftruncateSync(descriptor, start);
      const before = torn.stays && torn.bytes > 0 ? '\n' : '';
      await writeWhole(descriptor, start, `${before}${lines.join('\n')}\n`);
      if (size === 0) syncDirectory(home.state);
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    throw unwritable(file, thrown);
  }
}

async function writeWhole(descriptor: number, start: number, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    await sync(descriptor);
  } catch (thrown) {
    ftruncateSync(descriptor, start);
    throw thrown;
  }
}

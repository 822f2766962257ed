import { CastkeysError } from '../errors.ts';
import { Secret } from '../keychain/secret.ts';
import { type PlaintextInFile, readBytes } from './find.ts';

/** What becomes of a value in a file: a reference in its place, or its line goes. */
export interface Cleaning {
  readonly key: PlaintextInFile;
  readonly reference?: string;
}

/** A file that was cleaned, with what it held before, for as long as somebody may want it back. */
export interface CleanedFile {
  readonly path: string;
  readonly before: Secret;
  readonly after: Secret;
}

/**
 * Takes values out of one file in one atomic write. Mode, owner and a symbolic link stay, and so does every other byte.
 * A line that says nothing else goes with its value; in any other the value becomes empty.
 * @throws CastkeysError `file-changed` where the file no longer says what was found in it; `failed` where it can't be
 * written. The file is as it was then.
 */
export async function cleanFile(path: string, cleanings: readonly Cleaning[]): Promise<CleanedFile> {
  const before = readBytes(path);
  const after = [...cleanings]
    .sort((one, other) => other.key.from - one.key.from)
    .reduce((text, cleaning) => cleaned(text, path, cleaning), before);
  await write(path, after);
  return { path, before: new Secret(before), after: new Secret(after) };
}

/** Puts the old content back, unless somebody has written to the file since. */
export async function restoreFile({ path, before, after }: CleanedFile): Promise<void> {
  if (readBytes(path) !== after.reveal()) throw changed(path);
  await write(path, before.reveal());
}

function cleaned(text: string, path: string, { key, reference }: Cleaning): string {
  const { from, to, secret, isWholeLine } = key;
  if (text.slice(from, to) !== secret.reveal()) throw changed(path);
  if (reference !== undefined) return text.slice(0, from) + reference + text.slice(to);
  if (!isWholeLine) return text.slice(0, from) + text.slice(to);
  const end = text.indexOf('\n', to);
  return text.slice(0, text.lastIndexOf('\n', from) + 1) + (end < 0 ? '' : text.slice(end + 1));
}

async function write(path: string, content: string): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    // Without a mode and an owner of our own it takes those of the file, behind a link if there is one.
    await writeFileAtomic(path, Buffer.from(content, 'latin1'));
  } catch (thrown) {
    throw new CastkeysError(
      'failed',
      `${path} can't be written: ${thrown instanceof Error ? thrown.message : String(thrown)}. It is as it was, and the keychain has the key.`,
      'make it writable, then: castkeys clean-up',
    );
  }
}

function changed(path: string): CastkeysError {
  return new CastkeysError(
    'file-changed',
    `${path} was changed meanwhile. It was left as it is now.`,
    'castkeys clean-up looks again',
  );
}

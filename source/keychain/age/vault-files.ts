import { lstat, readFile, realpath, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { CastkeysError } from '../../errors.ts';
import { ensurePrivateDirectory, syncDirectory } from '../../home/home.ts';

/**
 * The two files of the encrypted store: an identity under the passphrase, and the data encrypted to it. With the `age`
 * program: `age -d -i identity.age keys.age`.
 */
export interface VaultFiles {
  readonly directory: string;
  readonly identity: string;
  readonly data: string;
  /** The identity of a vault whose creation didn't finish. */
  readonly draft: string;
}

export function vaultFiles(directory: string): VaultFiles {
  return {
    directory,
    identity: join(directory, 'identity.age'),
    data: join(directory, 'keys.age'),
    draft: join(directory, 'identity.age.new'),
  };
}

/**
 * Whether there is a vault. A new one is made as draft, then data, then the draft becomes the identity: data with a
 * draft is a creation that was interrupted, and nothing was ever promised to be in it. One of the two files alone is
 * damage, and throws `keychain-damaged`.
 */
export async function findVault(files: VaultFiles): Promise<'ready' | 'none'> {
  // Readers hold no lock, so the first look may fall into a creation. The second, in this order, can't.
  const seen = statusOf(await look(files));
  const status = seen === 'ready' || seen === 'none' ? seen : statusOf(await look(files));
  switch (status) {
    case 'ready':
    case 'none':
      return status;
    case 'no data':
      throw halfMissing(files.data, 'which holds the keys', files.identity, 'which opens it');
    case 'no identity':
      throw halfMissing(files.identity, 'which opens the keys', files.data, 'which holds them');
  }
}

interface Sight {
  readonly draft: boolean;
  readonly data: boolean;
  readonly identity: boolean;
}

async function look(files: VaultFiles): Promise<Sight> {
  const draft = await exists(files.draft);
  const data = await exists(files.data);
  return { draft, data, identity: await exists(files.identity) };
}

function statusOf({ draft, data, identity }: Sight): 'ready' | 'none' | 'no data' | 'no identity' {
  if (identity) return data ? 'ready' : 'no data';
  return data && !draft ? 'no identity' : 'none';
}

function halfMissing(missing: string, itsUse: string, intact: string, theOthersUse: string): CastkeysError {
  return new CastkeysError(
    'keychain-damaged',
    `${missing}, ${itsUse}, is missing; ${intact}, ${theOthersUse}, is still there. Nothing was changed.`,
    `restore ${missing} from a backup, or remove ${intact} to begin anew`,
  );
}

/** A link counts even if it leads nowhere: what it should lead to may only be out of reach. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    error => !isMissing(error),
  );
}

/** A file's bytes. Throws `keychain-denied` or `keychain-damaged`. */
export async function readVaultFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) throw damaged(path, 'it is missing, or a link that leads nowhere');
    throw new CastkeysError(
      'keychain-denied',
      `${path} can't be read: ${reasonOf(cause)}. Nothing was changed.`,
      `make ${path} readable for this user`,
      { cause },
    );
  }
}

/**
 * Writes a file whole or not at all, mode 0600, on disk when it returns. A link is followed: the file it leads to is
 * replaced, the link stays. Throws `home-unwritable`.
 */
export async function writeVaultFile(path: string, text: string): Promise<void> {
  ensurePrivateDirectory(dirname(path));
  try {
    await writeFileAtomic(path, text, { mode: 0o600 });
    syncDirectory(dirname(await realpath(path)));
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Makes the draft the vault's identity, which makes the vault exist. */
export async function adoptDraft(files: VaultFiles): Promise<void> {
  try {
    await rename(files.draft, files.identity);
    syncDirectory(files.directory);
  } catch (cause) {
    throw unwritable(files.identity, cause);
  }
}

/** The error for a file that is there and no good. `why` completes "is damaged: …". */
export function damaged(path: string, why: string): CastkeysError {
  return new CastkeysError(
    'keychain-damaged',
    `${path} is damaged: ${why}. Nothing was changed.`,
    `restore ${path} from a backup; what the age program says of it: age -d ${path}`,
  );
}

function unwritable(path: string, cause: unknown): CastkeysError {
  return new CastkeysError(
    'home-unwritable',
    `${path} can't be written: ${reasonOf(cause)}. What was there is unchanged.`,
    'make room or make the directory writable, or set CASTKEYS_HOME to another one',
    { cause },
  );
}

export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

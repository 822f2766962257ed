import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type EntryStore, inTurn, keychainOver, type WithLock } from '../entry-store.ts';
import type { Keychain } from '../keychain.ts';
import { keychainError } from '../keychain-error.ts';
import { probeEntries } from '../probe-entries.ts';
import { Secret } from '../secret.ts';
import { AgeVault, type PassphraseSource } from './age-vault.ts';
import { findVault, readVaultFile, vaultFiles, writeVaultFile } from './vault-files.ts';

export interface AgeFileOptions {
  readonly installId: string;
  /** Where `identity.age` and `keys.age` are, or will be when the first entry is written. */
  readonly directory: string;
  readonly passphrase: PassphraseSource;
  /**
   * Held from reading the file to having written it, so that two processes never lose each other's entries; the caller
   * must not hold it already. Default: only within this process.
   */
  readonly withLock?: WithLock | undefined;
  /** Base-2 logarithm of the scrypt work for a new file; default 18. Less is for tests: it protects nothing. */
  readonly workFactor?: number | undefined;
}

/** Secrets in an age-encrypted file under a passphrase, for machines without a keychain. */
export function ageFileKeychain(options: AgeFileOptions): Keychain {
  const { installId, directory, withLock = inTurn() } = options;
  const files = vaultFiles(directory);
  const vault = new AgeVault(files, options.passphrase, options.workFactor);

  const glance = async () => {
    await vault.open('remove');
    return { name: `the encrypted file ${files.data}`, obstacle: undefined };
  };
  const glanceAtDirectory = async () => ({
    name: `${directory}, where the encrypted file will be`,
    obstacle: undefined,
  });

  return keychainOver({
    store: 'file',
    installId,
    entries: vault,
    open: purpose => vault.open(purpose),
    lockWrite: withLock,
    lockOthers: withLock,
    // Only a first key makes the file, and only then a passphrase is chosen: till then the directory is tried.
    probe: async account =>
      (await findVault(files).catch(() => 'ready')) === 'none'
        ? probeEntries(plainFiles(directory), `probe-${randomUUID()}`, glanceAtDirectory)
        : probeEntries(vault, account, glance, withLock),
    close: async () => {},
  });
}

/** Files of a directory as entries: only for the probe's throw-away value, which is no secret. */
function plainFiles(directory: string): EntryStore {
  return {
    get: async name => {
      const text = (await readVaultFile(join(directory, name))).toString();
      return { state: 'value', secret: new Secret(text) };
    },
    set: (name, value) => writeVaultFile(join(directory, name), value.reveal()),
    delete: name =>
      rm(join(directory, name)).catch((cause: Error) => {
        throw keychainError('denied', cause.message);
      }),
  };
}

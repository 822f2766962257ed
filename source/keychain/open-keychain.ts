import type { PassphraseSource } from './age/age-vault.ts';
import type { Glance } from './diagnosis.ts';
import type { WithLock } from './entry-store.ts';
import type { Keychain } from './keychain.ts';
import type { KeychainChild } from './os/keychain-child.ts';
import type { Cancellation, Patience } from './os/keytar-session.ts';

export type { KeychainChild } from './os/keychain-child.ts';

export interface OpenOptions {
  /** `CASTKEYS_STORE`. `auto`: where the settings say, and that is the OS keychain unless they say otherwise. */
  readonly store: 'auto' | 'keychain' | 'file';
  /** What the settings say; `file` only after the user agreed to it. */
  readonly configured?: 'keychain' | 'file' | undefined;
  readonly installId: string;
  /** The directory of the encrypted file. */
  readonly directory: string;
  /** Asked when the encrypted file is first needed, and only then. */
  readonly passphrase: PassphraseSource;
  /** `prompt` where a person can answer the system's unlock dialog. Default `none`. */
  readonly patience?: Patience | undefined;
  readonly signal?: Cancellation | undefined;
  /** Held while entries are written. The caller must not hold it already. */
  readonly withLock?: WithLock | undefined;
  /** Where the session bus is found. Default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** A child that `startKeychainChild` (os/keychain-child.ts) started early; ended if the keys are in the file. */
  readonly child?: KeychainChild | undefined;
  readonly childPath?: string | undefined;
}

/**
 * Opens the one store that the options name. Nothing is touched or asked until the first call, and a keychain in
 * trouble says so then: it never falls back to another store.
 */
export async function openKeychain(options: OpenOptions): Promise<Keychain> {
  const store = options.store === 'auto' ? (options.configured ?? 'keychain') : options.store;
  switch (store) {
    case 'keychain': {
      const { osKeychain } = await import('./os/os-keychain.ts');
      return osKeychain(options);
    }
    case 'file': {
      options.child?.kill('given-up');
      // age-encryption is heavy, and few need it.
      const { ageFileKeychain } = await import('./age/age-file.ts');
      return ageFileKeychain(options);
    }
  }
}

/** What can be seen of the OS keychain without opening it or raising a dialog. */
export async function glanceAtKeychain(env: NodeJS.ProcessEnv): Promise<Glance> {
  const { glanceAtKeyring } = await import('./os/keyring-glance.ts');
  return glanceAtKeyring(env);
}

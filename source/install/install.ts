export { Passphrase } from './passphrase.ts';
export { readSecret } from './read-secret.ts';

import { join } from 'node:path';
import { CastkeysError } from '../errors.ts';
import { type Home, withLock } from '../home/home.ts';
import type { Keychain } from '../keychain/keychain.ts';
import type { KeychainChild } from '../keychain/open-keychain.ts';
import { type Config, readConfig, updateConfig } from '../profiles/profiles.ts';
import type { Passphrase } from './passphrase.ts';

/** One install of castkeys on this machine: its files, and the keychain its secrets are in. */
export interface Install {
  readonly home: Home;
  readonly clock: () => Date;
  readonly passphrase: Passphrase;
  /** What is registered right now. */
  readonly config: () => Config | undefined;
  /** Changes what is registered, under the lock, durably. */
  readonly update: (change: (config: Config) => Config) => Promise<Config>;
  /** Whether secrets are kept in the encrypted file rather than in the OS keychain. */
  readonly usesFile: () => boolean;
  /** The keychain, opened at the first need. */
  readonly keychain: () => Promise<Keychain>;
  /** The keychain where that takes no person; else what is in the way, in words. For what must not ask, nor wait. */
  readonly keychainAtHand: () => Promise<Keychain | { readonly closed: string }>;
  /** Closes the keychain; the next need opens it again, where the settings then say. */
  readonly close: () => Promise<void>;
}

export interface InstallOptions {
  readonly home: Home;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: () => Date;
  readonly passphrase: Passphrase;
  readonly signal?: AbortSignal;
  /** Whether somebody is there to answer the system's own unlock prompt. */
  readonly isAttended: boolean;
  /** The keychain's child process, where it was started early. */
  readonly child?: KeychainChild;
  /** Keeps secrets there instead of where `CASTKEYS_STORE` and the settings say. */
  readonly openKeychain?: (installId: string) => Promise<Keychain>;
}

const storeSettings = ['auto', 'keychain', 'file'] as const;

/** Opens an install. Touches nothing yet. */
export function openInstall(options: InstallOptions): Install {
  const { home, env, clock, passphrase } = options;
  let opened: Promise<Keychain> | undefined;
  const config = () => readConfig(home);
  const update = (change: (config: Config) => Config) => updateConfig(home, change);

  const open = async (): Promise<Keychain> => {
    // Entries are named by the install's id, so that has to be on disk before the first of them.
    const { installId, store } = config() ?? (await update(empty => empty));
    if (options.openKeychain) return options.openKeychain(installId);
    const { openKeychain } = await import('../keychain/open-keychain.ts');
    return openKeychain({
      store: storeSetting(env),
      ...(store ? { configured: store } : {}),
      installId,
      directory: home.config,
      env,
      passphrase: () => passphrase.get(),
      patience: options.isAttended ? 'prompt' : 'none',
      withLock: work => withLock(join(home.state, 'secrets.lock'), work),
      ...(options.child ? { child: options.child } : {}),
      // What begins after a cancel takes something back, and must not be cancelled as well.
      signal: () => (options.signal?.aborted ? undefined : options.signal),
    });
  };

  const keychain = () => {
    opened ??= open();
    return opened;
  };
  const usesFile = () => {
    const setting = storeSetting(env);
    return setting === 'file' || (setting === 'auto' && config()?.store === 'file');
  };
  const obstacle = async (): Promise<string | undefined> => {
    if (opened || options.openKeychain) return undefined;
    if (usesFile()) return passphrase.isKnown ? undefined : 'nobody opened the encrypted file';
    const { glanceAtKeychain } = await import('../keychain/open-keychain.ts');
    return (await glanceAtKeychain(env)).obstacle?.reason;
  };

  return {
    home,
    clock,
    passphrase,
    config,
    update,
    usesFile,
    keychain,
    keychainAtHand: async () => {
      const closed = await obstacle();
      return closed === undefined ? keychain() : { closed };
    },
    close: async () => {
      const keychain = await opened?.catch(() => undefined);
      opened = undefined;
      await keychain?.close();
    },
  };
}

function storeSetting(env: NodeJS.ProcessEnv): (typeof storeSettings)[number] {
  const value = env['CASTKEYS_STORE'] || 'auto';
  const setting = storeSettings.find(known => known === value);
  if (setting) return setting;
  throw new CastkeysError('usage', 'CASTKEYS_STORE is none of auto, keychain, file.', 'unset CASTKEYS_STORE');
}

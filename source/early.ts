import { findHome } from './home/home.ts';
import { type KeychainChild, startKeychainChild } from './keychain/os/keychain-child.ts';
import { readConfig } from './profiles/profiles.ts';

/**
 * The keychain's child, started for `castkeys run` before the program is loaded: both take some 20 ms,
 * and this way at the same time. Undefined where no key of the OS keychain will be read.
 */
export function startChildEarly(env: NodeJS.ProcessEnv, childPath: string): KeychainChild | undefined {
  if (env['CASTKEYS_STORE'] === 'file') return undefined;
  try {
    const config = readConfig(findHome(env));
    return config && config.store !== 'file' ? startKeychainChild({ childPath, env }) : undefined;
  } catch {
    return undefined;
  }
}

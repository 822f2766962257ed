import { readFileSync } from 'node:fs';
import { findHome } from './home/home.ts';
import { type KeychainChild, startKeychainChild } from './keychain/os/keychain-child.ts';
import { configFile } from './profiles/registry.ts';

/**
 * The keychain's child, started for `castkeys run` before the program is loaded: both take some 20 ms,
 * and this way at the same time. Undefined where no key of the OS keychain will be read. What the
 * settings say is only glanced at here; the program reads them properly, and ends a child it has no use for.
 */
export function startChildEarly(env: NodeJS.ProcessEnv, childPath: string): KeychainChild | undefined {
  if (env['CASTKEYS_STORE'] === 'file') return undefined;
  try {
    if (JSON.parse(readFileSync(configFile(findHome(env)), 'utf8')).store === 'file') return undefined;
  } catch {
    return undefined;
  }
  const child = startKeychainChild({ childPath, env });
  // libsecret takes 7 ms to connect at its first call; asking for nothing in particular has it connected in time.
  void child.ask({ op: 'get', account: 'connect' });
  return child;
}

import { randomUUID } from 'node:crypto';
import { afterEach } from 'vitest';
import type { EntryName, Keychain } from '../../../source/keychain/keychain.ts';
import { type OsKeychainOptions, osKeychain } from '../../../source/keychain/os/os-keychain.ts';
import { type KeyringMode, startKeyring, type TestKeyring } from '../../support/keyring.ts';

/** What is to be undone after each test, last first. */
export const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A keyring for one test. */
export async function keyringIn(mode: KeyringMode): Promise<TestKeyring> {
  const keyring = await startKeyring(mode);
  cleanUps.push(keyring.end);
  return keyring;
}

/** A keychain for one test. */
export function open(env: NodeJS.ProcessEnv, options: Partial<OsKeychainOptions> = {}): Keychain {
  const keychain = osKeychain({ installId: 'install', env, ...options });
  cleanUps.push(keychain.close);
  return keychain;
}

export const newEntry = (): EntryName => ({ kind: 'credential', id: randomUUID() });

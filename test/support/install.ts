import { type Install, openInstall, Passphrase } from '../../source/install/install.ts';
import type { Keychain } from '../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { homeIn } from './temporary.ts';

export const today = new Date('2026-06-01T12:00:00.000Z');

/** An install in a directory, with its keys in a keychain that is handed in; by default one that forgets. */
export function installIn(directory: string, keychain: Keychain = memoryKeychain()): Install {
  return openInstall({
    home: homeIn(directory),
    env: {},
    clock: () => today,
    passphrase: new Passphrase({}),
    isAttended: false,
    openKeychain: async () => keychain,
  });
}

/** A key of today's shape; put together here so that no scanner takes this file for a leak. */
export function aKey(letter = 'a'): Secret {
  return new Secret(['castai', 'v1', letter.repeat(64), letter.repeat(8)].join('_'));
}

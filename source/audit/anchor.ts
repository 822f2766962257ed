/**
 * The anchor: how many entries there are, and the hash of the last, in the keychain. Whoever can write the file alone
 * can't make it fit.
 */
import type { KeyObject } from 'node:crypto';
import type { Install } from '../install/install.ts';
import { deriveKey, type Keychain, loadMasterKey, troubleError } from '../keychain/keychain.ts';
import { Secret } from '../keychain/secret.ts';
import type { Head } from './entry.ts';

const entry = { kind: 'anchor', id: 'audit' } as const;

export interface Anchor extends Head {
  /** When the last entry was anchored, ISO 8601 UTC. */
  readonly at: string;
}

/** Read once from each keychain that is opened. */
const macKeys = new WeakMap<Keychain, KeyObject>();

/** What the keychain holds of the log. */
export interface Sealing {
  readonly macKey: KeyObject;
  /** `unreadable`: somebody wrote it who isn't castkeys. */
  readonly read: () => Promise<Anchor | 'absent' | 'unreadable'>;
  readonly write: (anchor: Anchor) => Promise<void>;
}

/** The keychain's part of the log, or why it can't be had without a person, in words. */
export async function openSealing(install: Install): Promise<Sealing | { readonly closed: string }> {
  try {
    const keychain = await install.keychainAtHand();
    if ('closed' in keychain) return keychain;
    const known = macKeys.get(keychain);
    if (known) return sealingWith(known, keychain);
    const macKey = deriveKey(await loadMasterKey(keychain, { create: true }), 'audit-mac');
    macKeys.set(keychain, macKey);
    return sealingWith(macKey, keychain);
  } catch (thrown) {
    return { closed: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** The keychain's part of a log that exists; undefined where this keychain never had one. Throws the keychain's trouble. */
export async function findSealing(keychain: Keychain): Promise<Sealing | undefined> {
  const master = await loadMasterKey(keychain, { create: false });
  return master && sealingWith(deriveKey(master, 'audit-mac'), keychain);
}

function sealingWith(macKey: KeyObject, keychain: Keychain): Sealing {
  return {
    macKey,
    read: async () => {
      const found = await keychain.read(entry);
      if (found.state === 'absent') return 'absent';
      if (found.state !== 'value') throw troubleError(found);
      return parseAnchor(found.secret.reveal());
    },
    write: ({ count, hash, at }) => keychain.replace(entry, new Secret(`${count} ${hash} ${at}`)),
  };
}

function parseAnchor(text: string): Anchor | 'unreadable' {
  const [, count, hash, at] = /^(\d{1,15}) ([0-9a-f]{64}) (\S+)$/.exec(text) ?? [];
  if (count === undefined || hash === undefined || at === undefined) return 'unreadable';
  return { count: Number(count), hash, at };
}

import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { CastkeysError } from '../errors.ts';
import type { EntryName, Keychain } from './keychain.ts';
import { troubleError } from './keychain-error.ts';
import { Secret } from './secret.ts';

/** What a key is derived for. Keys of different purposes tell nothing of each other. */
export type KeyPurpose = 'fingerprint-pepper' | 'audit-mac';

const keyBytes = 32;
const masterEntry: EntryName = { kind: 'master', id: 'v1' };

/**
 * The one master key of this install, from its keychain. `undefined` where there is none yet, unless `create`.
 * Two processes that create it at once end with one: the entry is written once, and whoever comes second takes it.
 */
export async function loadMasterKey(
  keychain: Keychain,
  options: { readonly create: true },
): Promise<KeyObject>;
export async function loadMasterKey(
  keychain: Keychain,
  options: { readonly create: boolean },
): Promise<KeyObject | undefined>;
export async function loadMasterKey(
  keychain: Keychain,
  { create }: { readonly create: boolean },
): Promise<KeyObject | undefined> {
  const found = await keychain.read(masterEntry);
  if (found.state === 'value') return asKey(found.secret);
  if (found.state !== 'absent') throw troubleError(found);
  if (!create) return undefined;
  const fresh = new Secret(randomBytes(keyBytes).toString('base64url'));
  try {
    await keychain.write(masterEntry, fresh);
    return asKey(fresh);
  } catch (error) {
    const theirs = await keychain.read(masterEntry);
    if (theirs.state === 'value') return asKey(theirs.secret);
    throw error;
  }
}

/** A 32-byte key for one purpose: HKDF-SHA256 without salt, the purpose as its info. */
export function deriveKey(master: KeyObject, purpose: KeyPurpose): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `castkeys/v1/${purpose}`, keyBytes)));
}

function asKey(secret: Secret): KeyObject {
  const bytes = Buffer.from(secret.reveal(), 'base64url');
  if (bytes.length === keyBytes) return createSecretKey(bytes);
  throw new CastkeysError(
    'secret-altered',
    "The install's master key in the keychain is not one that castkeys wrote. It was left as it is.",
    'castkeys doctor',
  );
}

import { createHmac, type KeyObject } from 'node:crypto';
import type { Keychain } from './keychain.ts';
import { deriveKey, loadMasterKey } from './master-key.ts';
import type { Secret } from './secret.ts';

/** A secret's fingerprint under this install's pepper: the only form in which secrets are compared or written down. */
export type Fingerprinter = (secret: Secret) => string;

/** HMAC-SHA-256 of the value in UTF-8, as base64url: 43 characters. */
export function fingerprint(secret: Secret, pepper: KeyObject): string {
  return createHmac('sha256', pepper).update(secret.reveal(), 'utf8').digest('base64url');
}

/**
 * The fingerprinter of the install whose keychain this is. Without `create` it is `undefined` where no master key
 * exists yet: then no fingerprint was ever made. Throws the keychain's trouble.
 */
export async function loadFingerprinter(
  keychain: Keychain,
  options: { readonly create: true },
): Promise<Fingerprinter>;
export async function loadFingerprinter(
  keychain: Keychain,
  options: { readonly create: boolean },
): Promise<Fingerprinter | undefined>;
export async function loadFingerprinter(
  keychain: Keychain,
  options: { readonly create: boolean },
): Promise<Fingerprinter | undefined> {
  const master = await loadMasterKey(keychain, options);
  if (!master) return undefined;
  const pepper = deriveKey(master, 'fingerprint-pepper');
  return secret => fingerprint(secret, pepper);
}

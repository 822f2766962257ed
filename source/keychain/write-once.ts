import { createHash, timingSafeEqual } from 'node:crypto';
import { CastkeysError } from '../errors.ts';
import type { EntryStore } from './entry-store.ts';
import { troubleError } from './keychain-error.ts';
import type { Secret } from './secret.ts';

/** Windows holds 2560 bytes an item (CRED_MAX_CREDENTIAL_BLOB_SIZE), in which keytar puts UTF-8. */
const maxBytes = 2560;

/**
 * Writes an entry that must not exist yet, reads it back and compares. The same value already there is fine, so
 * that an interrupted write can be repeated; another value is never overwritten. Between the look and the write
 * nobody else may write: the caller holds the lock.
 */
export async function writeOnce(store: EntryStore, account: string, secret: Secret): Promise<void> {
  const before = await store.get(account);
  if (before.state === 'value') {
    if (isSameSecret(before.secret, secret)) return;
    throw altered('The keychain already holds another value under this name. Nothing was overwritten.');
  }
  if (before.state !== 'absent') throw troubleError(before);

  await store.set(account, secret);
  const after = await store.get(account);
  if (after.state === 'value') {
    if (isSameSecret(after.secret, secret)) return;
    await store.delete(account);
    throw altered(
      'The keychain gave back another value than it was given. The new entry was removed; no other was touched.',
    );
  }
  if (after.state === 'absent')
    throw altered('The keychain took the new entry and does not have it. No other was touched.');
  throw new CastkeysError(
    troubleError(after).code,
    `The new entry was written, but not read back: ${after.reason}. No other was touched.`,
    'run the same command again: it looks first',
  );
}

/** Throws `secret-unstorable` for a value that some keychain would cut off, change or refuse. */
export function assertStorable(secret: Secret): void {
  const value = secret.reveal();
  const bytes = Buffer.byteLength(value, 'utf8');
  if (value === '') throw unstorable('It is empty');
  if (value.includes('\0')) throw unstorable('It has a NUL character in it');
  if (!value.isWellFormed()) throw unstorable('It is not well-formed Unicode');
  if (bytes > maxBytes) throw unstorable(`It has ${bytes} bytes; a keychain entry holds ${maxBytes}`);
}

/** Whether two secrets are equal, in a time that doesn't depend on where they differ. */
export function isSameSecret(one: Secret, other: Secret): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(secret: Secret): Buffer {
  return createHash('sha256').update(secret.reveal(), 'utf8').digest();
}

function unstorable(why: string): CastkeysError {
  return new CastkeysError(
    'secret-unstorable',
    `This value can't be stored. ${why}. Nothing was changed.`,
    'give another value',
  );
}

function altered(what: string): CastkeysError {
  return new CastkeysError('secret-altered', what, 'castkeys doctor');
}

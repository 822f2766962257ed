import { randomUUID } from 'node:crypto';
import { asCastkeysError } from '../errors.ts';
import type { Glance } from './diagnosis.ts';
import { type EntryStore, noLock, type WithLock } from './entry-store.ts';
import type { ProbeResult } from './keychain.ts';
import { keychainError, troubleError, troubleOf } from './keychain-error.ts';
import { Secret } from './secret.ts';
import { isSameSecret } from './write-once.ts';

/** Looks first, then writes, reads back, compares and removes a throw-away entry. Never throws. */
export async function probeEntries(
  entries: EntryStore,
  account: string,
  glance: () => Promise<Glance>,
  withLock: WithLock = noLock,
): Promise<ProbeResult> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const { name, obstacle } = await glance();
    if (obstacle) return { ...obstacle, ms: ms() };
    await withLock(() => roundTrip(entries, account));
    const took = ms();
    return {
      state: 'usable',
      evidence: `wrote, read back and removed a test entry in ${name} in ${took} ms`,
      ms: took,
    };
  } catch (error) {
    const { code, message, next } = asCastkeysError(error);
    return { state: troubleOf(error) ?? 'denied', reason: message, fix: next, ms: ms(), code };
  }
}

async function roundTrip(entries: EntryStore, account: string): Promise<void> {
  const secret = new Secret(randomUUID());
  await entries.set(account, secret);
  const found = await entries.get(account);
  await entries.delete(account);
  if (found.state === 'value' && isSameSecret(found.secret, secret)) return;
  throw found.state === 'value' || found.state === 'absent'
    ? keychainError('unavailable', 'a test entry was written, but did not read back')
    : troubleError(found);
}

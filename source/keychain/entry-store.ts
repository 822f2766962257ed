import { randomUUID } from 'node:crypto';
import { accountOf } from './entry-account.ts';
import type { EntryName, Keychain, ProbeResult, ReadResult, StoreKind } from './keychain.ts';
import type { Secret } from './secret.ts';
import { assertStorable, writeOnce } from './write-once.ts';

/** What a place for secrets must do for a {@link Keychain} to be built on it. */
export interface EntryStore {
  /** The value, or why there is none. Throws only what is no trouble of the store's: cancelled, a wrong passphrase. */
  get(account: string): Promise<ReadResult>;
  /** Stores, over whatever is there. Throws when it can't. */
  set(account: string, secret: Secret): Promise<void>;
  /** Removes; absent is fine. Throws when it can't tell. */
  delete(account: string): Promise<void>;
}

/** Runs `work` while no other castkeys process runs its own. Whoever calls a keychain must not hold the same lock already. */
export type WithLock = <T>(work: () => Promise<T>) => Promise<T>;

export const noLock: WithLock = work => work();

/** A lock within this process: each `work` waits for the one before. */
export function inTurn(): WithLock {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const done = last.then(work, work);
    last = done.catch(() => {});
    return done;
  };
}

export interface KeychainParts {
  readonly store: StoreKind;
  readonly installId: string;
  readonly entries: EntryStore;
  /** Makes the store ready, by asking a person if it must; before a lock is taken, since people take their time. */
  readonly open?: (purpose: 'write' | 'remove') => Promise<void>;
  /** Held around a write, so that the look before it still holds when it happens. */
  readonly lockWrite: WithLock;
  /** Held around a removal or a replacement, where that rewrites other entries, too. */
  readonly lockOthers?: WithLock;
  /** Is given the account of a throw-away entry. */
  readonly probe: (account: string) => Promise<ProbeResult>;
  readonly close: () => Promise<void>;
}

/** The port over a store of entries: names become accounts, and an entry is written once. */
export function keychainOver(parts: KeychainParts): Keychain {
  const { store, installId, entries, lockWrite, lockOthers = noLock } = parts;
  const account = (entry: EntryName) => accountOf(installId, entry);
  return {
    store,
    read: async entry => entries.get(account(entry)),
    write: async (entry, secret) => {
      assertStorable(secret);
      await parts.open?.('write');
      await lockWrite(() => writeOnce(entries, account(entry), secret));
    },
    replace: async (entry, value) => {
      assertStorable(value);
      await lockOthers(() => entries.set(account(entry), value));
    },
    remove: async entry => {
      await parts.open?.('remove');
      await lockOthers(() => entries.delete(account(entry)));
    },
    probe: async () => parts.probe(account({ kind: 'probe', id: randomUUID() })),
    close: parts.close,
  };
}

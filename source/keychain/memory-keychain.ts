import { inTurn, keychainOver, type WithLock } from './entry-store.ts';
import type { Keychain, Trouble } from './keychain.ts';
import { keychainError } from './keychain-error.ts';
import { probeEntries } from './probe-entries.ts';
import type { Secret } from './secret.ts';

export interface MemoryKeychainOptions {
  /** Default `memory`. */
  readonly installId?: string;
  /** Account to value. Keychains given the same map share their entries. */
  readonly entries?: Map<string, Secret>;
  /** Held while an entry is written; keychains that share entries share it. Default: one of its own. */
  readonly withLock?: WithLock;
  /** Asked at each call: the trouble to be in, if any. */
  readonly trouble?: () => { readonly state: Trouble; readonly reason: string } | undefined;
}

/** A keychain that forgets everything when the process ends: for `demo` and for tests. */
export function memoryKeychain(options: MemoryKeychainOptions = {}): Keychain {
  const { installId = 'memory', entries = new Map<string, Secret>(), withLock = inTurn() } = options;
  const { trouble = () => undefined } = options;
  const assertNoTrouble = () => {
    const found = trouble();
    if (found) throw keychainError(found.state, found.reason);
  };
  const store = {
    get: async (account: string) => {
      const secret = entries.get(account);
      return trouble() ?? (secret ? ({ state: 'value', secret } as const) : ({ state: 'absent' } as const));
    },
    set: async (account: string, secret: Secret) => {
      assertNoTrouble();
      entries.set(account, secret);
    },
    delete: async (account: string) => {
      assertNoTrouble();
      entries.delete(account);
    },
  };
  const glance = async () => ({ name: "castkeys' memory", obstacle: undefined });
  return keychainOver({
    store: 'memory',
    installId,
    entries: store,
    lockWrite: withLock,
    probe: account => probeEntries(store, account, glance),
    close: async () => {},
  });
}

import { accountOf } from '../entry-account.ts';
import { inTurn, keychainOver, type WithLock } from '../entry-store.ts';
import type { Keychain } from '../keychain.ts';
import { probeEntries } from '../probe-entries.ts';
import { findChildScript } from './child-path.ts';
import { type KeychainChild, startKeychainChild } from './keychain-child.ts';
import { glanceAtKeyring } from './keyring-glance.ts';
import {
  type CallLimits,
  type Cancellation,
  KeytarSession,
  type Patience,
  usualLimits,
} from './keytar-session.ts';
import { OsEntries } from './os-entries.ts';

export interface OsKeychainOptions {
  readonly installId: string;
  /** The child's script. Default: where castkeys has it. */
  readonly childPath?: string | undefined;
  /** Where the session bus is found, and the like. Default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Default `none`: nobody is there, so no dialog of the system's is raised or waited for. */
  readonly patience?: Patience | undefined;
  readonly signal?: Cancellation | undefined;
  /** Held while an entry is written; the caller must not hold it already. Default: only within this process. */
  readonly withLock?: WithLock | undefined;
  /** A child that {@link startKeychainChild} started early. Default: one is started at the first call. */
  readonly child?: KeychainChild | undefined;
  readonly limits?: CallLimits | undefined;
}

/** The keychain of the operating system, through keytar in a process of its own. Service `castkeys`. */
export function osKeychain(options: OsKeychainOptions): Keychain {
  const { installId, childPath = findChildScript(), env = process.env } = options;
  const { patience = 'none', signal, child } = options;
  const glance = () => glanceAtKeyring(env);
  const session = new KeytarSession({
    start: () => startKeychainChild({ childPath, env }),
    child,
    patience,
    signal,
    limits: options.limits ?? usualLimits,
    mayBePrompting: async () => ['locked', undefined].includes((await glance()).obstacle?.state),
  });
  const entries = new OsEntries({ session, patience, glance });
  return keychainOver({
    store: 'keychain',
    installId,
    entries,
    lockWrite: options.withLock ?? inTurn(),
    open: () => entries.unlock(accountOf(installId, { kind: 'probe', id: 'unlock' })),
    probe: account => probeEntries(entries, account, glance),
    close: async () => session.close(),
  });
}

import type { ErrorCode } from '../errors.ts';
import type { Secret } from './secret.ts';

export { fingerprint, loadFingerprinter } from './fingerprint.ts';
export { troubleError } from './keychain-error.ts';
export { deriveKey, loadMasterKey } from './master-key.ts';

/** What an entry holds: a credential's value, a webhook secret, the install's master key, the audit log's anchor, or the probe's throw-away value. */
export type EntryKind = 'credential' | 'webhook' | 'master' | 'anchor' | 'probe';

/** Names one entry. In the OS keychain its account is `<install id>/<kind>/<id>`. */
export interface EntryName {
  readonly kind: EntryKind;
  readonly id: string;
}

/** Why a keychain gave no answer; kept apart from "absent", which is an answer. */
export type Trouble = 'locked' | 'denied' | 'unavailable' | 'timeout';

/** The six states an entry can be found in. "Absent" is only ever said by a keychain known to be open. */
export type ReadResult =
  | { readonly state: 'value'; readonly secret: Secret }
  | { readonly state: 'absent' }
  | InTrouble;

/** A keychain that gave no answer, and why. {@link troubleError} makes an error of it. */
export interface InTrouble {
  readonly state: Trouble;
  readonly reason: string;
  /** What a person can do, with the command where there is one. */
  readonly fix?: string;
  /** The error's code where that says more than the state: `keychain-damaged`; of a probe, `passphrase-wrong`, too. */
  readonly code?: ErrorCode;
}

/** Where the secrets are. */
export type StoreKind = 'keychain' | 'file' | 'memory';

/** What `probe()` found by writing, reading back and removing a throw-away entry. */
export type ProbeResult =
  | { readonly state: 'usable'; readonly evidence: string; readonly ms: number }
  | (InTrouble & { readonly fix: string; readonly ms: number });

/**
 * The port every store of secrets implements; `test/contract/keychain.ts` is its meaning.
 * Entries are immutable: a name is written once, and a second write of another value is refused. The one exception is
 * an anchor.
 */
export interface Keychain {
  readonly store: StoreKind;
  /**
   * The entry's value, or why there is none. Does not throw for a keychain in trouble; throws `passphrase-wrong`, and
   * `cancelled` when its signal fires.
   */
  read(entry: EntryName): Promise<ReadResult>;
  /** Writes a new entry, reads it back and compares. Throws a {@link CastkeysError} when the value isn't safely there. */
  write(entry: EntryName, secret: Secret): Promise<void>;
  /**
   * Writes an anchor over the one before: it is no secret that could be lost, and it changes with each entry of the audit
   * log. Not read back: what the log itself says is compared with it. Throws a {@link CastkeysError}.
   */
  replace(entry: EntryName & { readonly kind: 'anchor' }, value: Secret): Promise<void>;
  /** Removes an entry; absent is fine. Throws a {@link CastkeysError} when the keychain can't tell. */
  remove(entry: EntryName): Promise<void>;
  /** Writes, reads and removes a throw-away entry. Never throws. */
  probe(): Promise<ProbeResult>;
  /** Ends what the store holds open (the OS keychain's child process). */
  close(): Promise<void>;
}

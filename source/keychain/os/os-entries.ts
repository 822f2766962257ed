import { CastkeysError } from '../../errors.ts';
import type { Diagnosis, Glance } from '../diagnosis.ts';
import type { EntryStore } from '../entry-store.ts';
import type { ReadResult } from '../keychain.ts';
import { troubleError } from '../keychain-error.ts';
import { Secret } from '../secret.ts';
import type { KeychainCall } from './child-wire.ts';
import type { KeytarSession, Outcome, Patience } from './keytar-session.ts';

export interface OsEntriesOptions {
  readonly session: KeytarSession;
  readonly patience: Patience;
  readonly glance: () => Promise<Glance>;
}

/**
 * Entries in the OS keychain. keytar alone can't be believed: for a locked keyring it says null and false, as if the
 * entry were absent, and it may raise a dialog where nobody is. So the keyring is looked at, too.
 */
export class OsEntries implements EntryStore {
  readonly #options: OsEntriesOptions;
  #looking: Promise<Glance> | undefined;

  constructor(options: OsEntriesOptions) {
    this.#options = options;
  }

  async get(account: string): Promise<ReadResult> {
    const outcome = await this.#ask({ op: 'get', account });
    if (outcome.state !== 'done') {
      const { state, reason, fix } = outcome;
      return { state, reason, fix };
    }
    if (typeof outcome.value === 'string') return { state: 'value', secret: new Secret(outcome.value) };
    return (await this.#lockedAfterAll()) ?? { state: 'absent' };
  }

  async set(account: string, secret: Secret): Promise<void> {
    const outcome = await this.#ask({ op: 'set', account, value: secret.reveal() });
    if (outcome.state === 'done') return;
    if (!outcome.undecided) throw troubleError(outcome);
    throw new CastkeysError(
      troubleError(outcome).code,
      `${outcome.reason}. The new entry may or may not have been written; no other was touched.`,
      `${outcome.fix}; then run the same command again: it looks first`,
    );
  }

  async delete(account: string): Promise<void> {
    const outcome = await this.#ask({ op: 'delete', account });
    const trouble =
      outcome.state === 'done' ? outcome.value === false && (await this.#lockedAfterAll()) : outcome;
    if (trouble) throw troubleError(trouble);
  }

  /** Where a person is there, has the system ask for the password of a locked keyring: by its dialog, at the first write. */
  async unlock(probeAccount: string): Promise<void> {
    if (this.#options.patience === 'none') return;
    if ((await this.#options.glance()).obstacle?.state !== 'locked') return;
    await this.set(probeAccount, new Secret('probe'));
    await this.delete(probeAccount);
  }

  async #ask(call: KeychainCall): Promise<Outcome> {
    const { session, patience } = this.#options;
    session.warmUp();
    // The look costs nothing while the child starts; where nobody is, a dialog must not even come up.
    const obstacle = patience === 'none' ? await this.#sharedLook() : undefined;
    if (obstacle) return obstacle;
    const outcome = await session.call(call);
    if (outcome.state === 'done' || outcome.state === 'timeout') return outcome;
    return { ...outcome, ...(await this.#options.glance()).obstacle };
  }

  /** Calls made together share one look. */
  async #sharedLook(): Promise<Diagnosis | undefined> {
    this.#looking ??= this.#options.glance().finally(() => {
      this.#looking = undefined;
    });
    return (await this.#looking).obstacle;
  }

  /** What made "nothing there" untrue; looked at after that was said, so never shared. */
  async #lockedAfterAll(): Promise<Diagnosis | undefined> {
    return (await this.#options.glance()).obstacle;
  }
}

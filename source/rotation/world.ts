import type { Verdict } from '../castai/castai.ts';
import type { Consumer } from '../consumers/consumers.ts';
import type { Keychain } from '../keychain/keychain.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Config } from '../profiles/profiles.ts';
import type { Run } from '../runs/runs.ts';
import type { Journal } from './journal.ts';
import type { KeyKeeper } from './keeper.ts';

/** Everything a rotation sees and touches; handed in, so that a test can be the world. */
export interface World {
  readonly clock: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly newId: () => string;
  readonly config: () => Config | undefined;
  readonly update: (change: (config: Config) => Config) => Promise<Config>;
  readonly keychain: () => Promise<Keychain>;
  /** How secrets are compared, under this install's pepper. */
  readonly fingerprint: (secret: Secret) => Promise<string>;
  /** Durable when it resolves. */
  readonly save: (journal: Journal) => Promise<void>;
  /** The journal as it is on disk. */
  readonly load: (id: string) => Journal;
  /** The keys of an owner, as the credential that may manage them now sees them. */
  readonly keeper: (journal: Journal, owner: Journal['owner']) => Promise<KeyKeeper>;
  /** Tries a key once, at the one address it is for. */
  readonly tryKey: (secret: Secret) => Promise<Verdict>;
  /** ms this machine's clock is ahead of Cast AI's, by the newest answer. */
  readonly skew: () => number | undefined;
  readonly consumers: readonly Consumer[];
  readonly runs: (credentialId: string) => readonly Run[];
  /** Deliveries that failed since this castkeys was started: consumer to reason. */
  readonly failures: Map<string, string>;
}

/** Writes the journal down; comes to it, with the time at which that was. */
export async function saved(world: Pick<World, 'clock' | 'save'>, journal: Journal): Promise<Journal> {
  const now = { ...journal, updatedAt: world.clock().toISOString() };
  await world.save(now);
  return now;
}

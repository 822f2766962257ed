import type { CastaiClient, KeyOwner, Verdict } from '../castai/castai.ts';
import type { Home } from '../home/home.ts';
import type { Keychain, ReadResult } from '../keychain/keychain.ts';
import type { Config, Credential, Profile, Role } from '../profiles/profiles.ts';

export type CheckState = 'pass' | 'warn' | 'fail' | 'unknown' | 'skip';

/** In the order the checklist shows them. */
export const checkIds = [
  'keychain',
  'plaintext',
  'gitignore',
  'keys-live',
  'distinct-keys',
  'least-privilege',
  'service-account',
  'key-age',
  'old-keys',
  'leaks',
  'webhook',
  'audit-log',
] as const;
export type CheckId = (typeof checkIds)[number];

/** What a check found. The evidence is what a reader would need to believe it. */
export interface Finding {
  readonly state: CheckState;
  readonly evidence: string;
  /** The command, or the act, that makes it pass. */
  readonly fix?: string;
}

export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** The line of the classic API-key checklist it stands for, so that a reader finds it. */
  readonly standsFor: string;
  /** What it can't do without; `--offline` makes those unknown. */
  readonly needs: readonly ('network' | 'keychain')[];
  readonly measure: (subject: Subject) => Promise<Finding>;
}

/** A filled role slot. */
export interface Slot {
  readonly role: Role;
  readonly id: string;
  readonly credential: Credential;
}

/** What the checks look at: one profile, as it is right now. */
export interface Subject {
  readonly profileName: string;
  readonly profile: Profile;
  readonly slots: readonly Slot[];
  readonly config: Config;
  readonly cwd: string;
  readonly home: Home;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: () => Date;
  readonly signal?: AbortSignal;
  /** Opens the keychain once. */
  readonly keychain: () => Promise<Keychain>;
  /** The value of a slot, read once per measurement. */
  readonly secretOf: (slot: Slot) => Promise<ReadResult>;
  /** A slot's key tried at its origin, once per measurement; undefined where the keychain doesn't give it. */
  readonly tryKey: (
    slot: Slot,
  ) => Promise<{ readonly verdict: Verdict; readonly client: CastaiClient; readonly ms: number } | undefined>;
  /** The admin credential of the profile's organization; undefined where none is stored, or it can't be read. */
  readonly admin: () => Promise<CastaiClient | undefined>;
  /** Whose key is in a slot, as far as the key, what is recorded of it and the admin credential tell. */
  readonly ownerOf: (slot: Slot) => Promise<KeyOwner>;
}

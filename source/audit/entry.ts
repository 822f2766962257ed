/** JSON that an entry may carry besides its own fields. */
export type Metadata = { readonly [name: string]: Json };
export type Json = string | number | boolean | null | readonly Json[] | Metadata;

/** `pending`: the intent of something that can't be undone, entered before it happens; what came of it follows. */
export type Result = 'success' | 'failure' | 'pending';

/** What castkeys itself enters. A program that uses the library has action names of its own. */
export const actions = [
  'key.created',
  'key.imported',
  'key.verified',
  'key.adopted',
  'key.promoted',
  'key.delivered',
  'key.disabled',
  'key.enabled',
  'key.deleted',
  'key.removed',
  'key.handed',
  'broker.refused',
  'broker.ended',
  'profile.added',
  'profile.changed',
  'profile.removed',
  'profile.switched',
  'profile.pinned',
  'policy.changed',
  'policy.agreed',
  'rotation.started',
  'rotation.finished',
  'rotation.rolled-back',
  'plaintext.cleaned',
  'scan.done',
  'check.failed',
  'check.mended',
  'webhook.secret-made',
  'webhook.secret-removed',
  'webhook.configured',
  'webhook.probed',
  'log.sealed',
  'log.broken',
] as const;
export type Action = (typeof actions)[number];

/** One thing that was done to a key or a profile, or with one. Never holds a secret. */
export interface Act {
  readonly action: Action;
  /** What it was done to: `profile:production`, `key:production/reader`. See resource.ts. */
  readonly resource: string;
  /** Default `success`. */
  readonly result?: Result;
  readonly metadata?: Metadata;
}

/** What may be entered: castkeys' own acts, and those that a program of other people's names. */
export interface Entered extends Omit<Act, 'action'> {
  readonly action: string;
  /** Default: the user of the operating system. */
  readonly userId?: string;
}

/** One line of the log. */
export interface Entry {
  /** ISO 8601 UTC. */
  readonly timestamp: string;
  readonly action: string;
  /** The user of the operating system, and the host; of an entry that a program made, whom it named. */
  readonly userId: string;
  readonly resource: string;
  readonly result: Result;
  readonly metadata: Metadata;
  /** From 1, without a gap. */
  readonly seq: number;
  /** The hash of the entry before; of the first, what is said of the install itself. */
  readonly prev: string;
  /** SHA-256, in hex, of the canonical JSON (RFC 8785) of all the fields above. */
  readonly hash: string;
  /** HMAC-SHA-256 of `hash`, in hex, under a key from the keychain; null where the keychain was closed. */
  readonly mac: string | null;
}

/** The place in the chain where the next entry goes. */
export interface Head {
  /** How many entries there are: the `seq` of the last. */
  readonly count: number;
  /** Its hash. */
  readonly hash: string;
}

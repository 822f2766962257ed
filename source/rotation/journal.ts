import * as v from 'valibot';
import type { Place } from '../credentials/credentials.ts';
import { roles } from '../profiles/profiles.ts';

const time = v.pipe(
  v.string(),
  v.check(text => !Number.isNaN(Date.parse(text)), 'Expected a time'),
);

const placeSchema = v.variant('kind', [
  v.object({ kind: v.literal('slot'), profile: v.string(), role: v.picklist(roles) }),
  v.object({ kind: v.literal('admin'), origin: v.string(), organizationId: v.string() }),
]);

const ownerSchema = v.object({
  kind: v.picklist(['service-account', 'person']),
  id: v.string(),
  name: v.optional(v.string()),
});
/** Whose keys these are at Cast AI. */
export type RotationOwner = Readonly<v.InferOutput<typeof ownerSchema>>;

const attemptSchema = v.object({
  /** Unique, and written down before the call that makes the key; in a manual rotation what the person called it, if known. */
  name: v.string(),
  /** The entry in the keychain, and the record in the registry, that the value gets. */
  credentialId: v.string(),
  begunAt: time,
  /** What came back. */
  keyId: v.optional(v.string()),
  createdAt: v.optional(time),
  expiresAt: v.optional(time),
  /** Its value is lost: if a key of this name shows up, it is an orphan, and nobody's. */
  givenUpAt: v.optional(time),
});
export type Attempt = Readonly<v.InferOutput<typeof attemptSchema>>;

const deliverySchema = v.object({
  /** The credential it has. */
  credentialId: v.string(),
  at: time,
  /** How it is known that it arrived. */
  evidence: v.string(),
});

export const journalSchema = v.object({
  version: v.literal(1),
  id: v.string(),
  place: placeSchema,
  /** Who began it: an old one of another machine asks a person. */
  host: v.string(),
  pid: v.number(),
  startedAt: time,
  updatedAt: time,
  /** `manual`: a person makes and revokes the keys in the console. */
  way: v.picklist(['api', 'manual']),
  isEmergency: v.boolean(),
  /** When a person said that the key leaked. */
  emergencySince: v.optional(time),
  /** Which of the two keys of an unfinished rotation leaked, as far as the person knew. */
  leaked: v.optional(v.picklist(['old', 'both'])),
  goal: v.picklist(['forward', 'rollback']),
  /** ms. */
  drain: v.number(),
  keepDisabled: v.number(),
  /** Of the new key. Another one than the old key's only where a policy asked for it. */
  owner: ownerSchema,
  /** Of personal keys: copied from the old one. */
  readonly: v.optional(v.boolean()),
  expiresInDays: v.optional(v.number()),
  old: v.object({
    credentialId: v.string(),
    keyId: v.optional(v.string()),
    name: v.optional(v.string()),
    createdAt: v.optional(time),
    expiresAt: v.optional(time),
    owner: ownerSchema,
  }),
  attempts: v.array(attemptSchema),
  /** By the consumer's id. */
  deliveries: v.record(v.string(), deliverySchema),
  provenAt: v.optional(time),
  disabledAt: v.optional(time),
  deadAt: v.optional(time),
  endedAt: v.optional(time),
  ending: v.optional(v.picklist(['deleted', 'rolled-back'])),
  /** Why the last run left it, for those who only read. */
  waiting: v.optional(v.object({ reason: v.string(), words: v.string(), until: v.optional(time) })),
  /** What was measured, in words. */
  proofs: v.array(v.object({ phase: v.string(), at: time, evidence: v.string() })),
});
/**
 * What can't be observed of a rotation: what is intended, the names that were tried, the ids that came back, and when
 * something was seen. Never a value. Where the world says otherwise, the world is right.
 */
export type Journal = Readonly<v.InferOutput<typeof journalSchema>>;

/** The attempt whose value is, or may yet be, in the keychain. */
export const currentAttempt = ({ attempts }: Pick<Journal, 'attempts'>): Attempt | undefined =>
  attempts.findLast(({ givenUpAt }) => givenUpAt === undefined);

/** From the start, or from when the leak was known, to the old key's first refusal, in seconds. */
export function secondsToDead({
  startedAt,
  emergencySince = startedAt,
  deadAt,
}: Journal): number | undefined {
  return deadAt === undefined ? undefined : (Date.parse(deadAt) - Date.parse(emergencySince)) / 1000;
}

/** The journal with another state of one attempt. */
export function withAttempt(journal: Journal, credentialId: string, change: Partial<Attempt>): Journal {
  return {
    ...journal,
    attempts: journal.attempts.map(attempt =>
      attempt.credentialId === credentialId ? { ...attempt, ...change } : attempt,
    ),
  };
}

/** The journal with one more proof; the same one again, found once more after a kill, takes the place of the first. */
export function withProof(journal: Journal, phase: string, at: Date, evidence: string): Journal {
  const others = journal.proofs.filter(proof => proof.phase !== phase);
  return { ...journal, proofs: [...others, { phase, at: at.toISOString(), evidence }] };
}

export const isSamePlace = (one: Place, other: Place): boolean =>
  one.kind === 'slot'
    ? other.kind === 'slot' && one.profile === other.profile && one.role === other.role
    : other.kind === 'admin' && one.origin === other.origin && one.organizationId === other.organizationId;

/** A place in words: `production reader`. */
export const placeWords = (place: Place): string =>
  place.kind === 'slot' ? `${place.profile} ${place.role}` : 'admin credential';

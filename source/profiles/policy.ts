import * as v from 'valibot';
import { CastkeysError } from '../errors.ts';
import { printable } from '../printable.ts';

export const environments = ['development', 'staging', 'production', 'other'] as const;
export type Environment = (typeof environments)[number];

/** What a policy allows. Cast AI has role bindings instead; `privilege/` maps one to the other. */
export const scopes = ['read:*', 'write:limited', 'write:*', 'admin:*'] as const;
export type Scope = (typeof scopes)[number];

const mostDays = 3650;
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostDays));
/** A policy may come with a clone: what it says reaches terminals. */
const words = v.pipe(
  v.string(),
  v.transform(text => printable(text.trim())),
);

/** Checks that don't apply, by id, and why. */
const skip = v.record(v.string(), v.pipe(words, v.nonEmpty('a check is skipped for a reason')));

export const policySchema = v.object({
  scopes: v.array(v.picklist(scopes)),
  /** The only clusters that `write:limited` may write to; ids. */
  clusters: v.optional(v.array(words), []),
  /** Days after which a key is due for rotation. */
  maxAgeDays: days,
  /** Days after which a key that castkeys makes expires; absent: never. */
  expiresInDays: v.optional(days),
  skip: v.optional(skip),
});
export type Policy = v.InferOutput<typeof policySchema>;

/** The part of a policy that a repository's `.castkeys.json` may say; a misspelt name in it is refused. */
export const repositoryPolicySchema = v.strictObject({
  scopes: v.exactOptional(policySchema.entries.scopes),
  clusters: v.exactOptional(v.array(words)),
  maxAgeDays: v.exactOptional(days),
  expiresInDays: v.exactOptional(days),
  skip: v.exactOptional(skip),
});
export type RepositoryPolicy = v.InferOutput<typeof repositoryPolicySchema>;

const defaultMaxAgeDays = 90;
/** A rotation that is late by as much again still finds the key alive. */
const defaultExpiresInDays = 2 * defaultMaxAgeDays;

/** What we recommend: production gets no more than the person picks, so it starts at reading. */
export function recommendedPolicy(environment: Environment): Policy {
  const recommended: Scope[] = environment === 'staging' ? ['read:*', 'write:limited'] : ['read:*'];
  return {
    scopes: recommended,
    clusters: [],
    maxAgeDays: defaultMaxAgeDays,
    expiresInDays: defaultExpiresInDays,
  };
}

/** A policy with what a repository says of it put over it; skipped checks add up. */
export function overridden(policy: Policy, { skip, ...said }: RepositoryPolicy): Policy {
  return { ...policy, ...said, ...(skip ? { skip: { ...policy.skip, ...skip } } : {}) };
}

/**
 * Reads a list of scopes as typed: `read:*,write:limited`.
 * @throws CastkeysError `usage` naming the scopes there are.
 */
export function parseScopes(list: string): Scope[] {
  const named = list.split(',').map(name => name.trim());
  const unknown = named.filter(name => !scopes.some(scope => scope === name));
  if (unknown.length > 0) {
    throw new CastkeysError(
      'usage',
      `There is no scope ${unknown.map(name => JSON.stringify(name)).join(', ')}.`,
      `choose from ${scopes.join(', ')}`,
    );
  }
  return scopes.filter(scope => named.includes(scope));
}

/**
 * Reads a number of days as typed.
 * @throws CastkeysError `usage` naming the option.
 */
export function parseDays(typed: string, option: string): number {
  const count = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  if (v.is(days, count)) return count;
  throw new CastkeysError('usage', `${option} takes a number of days from 1 to ${mostDays}.`, `${option} 90`);
}

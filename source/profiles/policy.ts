import * as v from 'valibot';
import { CastkeysError } from '../errors.ts';

export const environments = ['development', 'staging', 'production', 'other'] as const;
export type Environment = (typeof environments)[number];

/** What a policy allows. Cast AI has role bindings instead; `castai/` maps one to the other. */
export const scopes = ['read:*', 'write:limited', 'write:*', 'admin:*'] as const;
export type Scope = (typeof scopes)[number];

export const policySchema = v.object({
  scopes: v.array(v.picklist(scopes)),
  /** The only clusters that `write:limited` may write to; ids. */
  clusters: v.optional(v.array(v.string()), []),
  /** Days after which a key is due for rotation. */
  maxAgeDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)),
});
export type Policy = v.InferOutput<typeof policySchema>;

const defaultMaxAgeDays = 90;

/** What we recommend: production gets no more than the person picks, so it starts at reading. */
export function recommendedPolicy(environment: Environment): Policy {
  const recommended: Scope[] = environment === 'staging' ? ['read:*', 'write:limited'] : ['read:*'];
  return { scopes: recommended, clusters: [], maxAgeDays: defaultMaxAgeDays };
}

/**
 * Reads a list of scopes as typed: `read:*,write:limited`.
 * @throws CastkeysError `usage` naming the scopes there are.
 */
export function parseScopes(list: string): Scope[] {
  const named = list.split(',').map(name => name.trim());
  const unknown = named.filter(name => !scopes.includes(name as Scope));
  if (unknown.length > 0) {
    throw new CastkeysError(
      'usage',
      `There is no scope ${unknown.map(name => JSON.stringify(name)).join(', ')}.`,
      `choose from ${scopes.join(', ')}`,
    );
  }
  return scopes.filter(scope => named.includes(scope));
}

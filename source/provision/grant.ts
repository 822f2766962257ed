import { builtInRoles, type Scope } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import type { Policy, Role } from '../profiles/profiles.ts';

/** The role that a slot's service account is given, and where. */
export interface Grant {
  readonly role: (typeof builtInRoles)['viewer' | 'member'];
  readonly scopes: readonly Exclude<Scope, { kind: 'unknown' }>[];
}

/**
 * What a role slot needs under a policy: a reader is a Viewer; a writer is a Member, of the named clusters only unless the
 * policy says `write:*`. Pure.
 * @throws CastkeysError `usage` for a writer whose policy names no clusters, or allows no writing.
 */
export function grantFor(slot: Role, { scopes, clusters }: Policy, organizationId: string): Grant {
  const everywhere = [{ kind: 'organization', id: organizationId } as const];
  if (slot === 'reader') return { role: builtInRoles.viewer, scopes: everywhere };
  if (scopes.includes('write:*') || scopes.includes('admin:*'))
    return { role: builtInRoles.member, scopes: everywhere };
  if (scopes.includes('write:limited') && clusters.length > 0)
    return { role: builtInRoles.member, scopes: clusters.map(id => ({ kind: 'cluster', id })) };
  throw new CastkeysError(
    'usage',
    scopes.includes('write:limited')
      ? 'The policy allows writing to named clusters, and names none. Nothing was made.'
      : 'The policy allows no writing. Nothing was made.',
    'castkeys profiles edit NAME --scopes read:*,write:limited --clusters ID,…',
  );
}

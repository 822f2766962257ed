import { inForce } from './bindings.ts';
import type { Definition } from './definition.ts';
import { type Power, roleById } from './roles.ts';
import type { Key, Organization, Owner } from './schema.ts';
import type { World } from './world.ts';

/** Something a key may do, in one organization, or on one cluster of it only. */
export interface Grant {
  readonly organizationId: string;
  readonly clusterId: string | null;
  readonly power: Power;
}

/**
 * What a route asks for. `nothing`: open to all. `key`: any good key. `identity`: any right at all in the
 * organization. `read`, `operate`, `own`: that power over the whole organization. `…-cluster`: over the
 * cluster in the path.
 */
export type Right = 'nothing' | 'key' | 'identity' | Power | 'read-cluster' | 'operate-cluster';

const rank: Readonly<Record<Power, number>> = { read: 0, operate: 1, own: 2 };

/** Everything a key may do at this instant (section 4.4): its owner's bindings, capped by `readonly`. */
export function grantsOf(world: World, key: Key): readonly Grant[] {
  if (key.owner.kind === 'cluster') {
    return [{ organizationId: key.organizationId, clusterId: key.owner.id, power: 'operate' }];
  }
  const now = world.instant();
  const grants = world.state.bindings.flatMap(binding => {
    const definition = inForce(binding, now);
    if (definition === null || !names(world, definition, key.owner)) return [];
    return granted(world, binding.organizationId, definition);
  });
  return key.readonly ? grants.map(grant => ({ ...grant, power: 'read' as const })) : grants;
}

export function allows(
  grants: readonly Grant[],
  right: Right,
  organizationId: string,
  clusterId: string | undefined,
): boolean {
  if (right === 'nothing' || right === 'key') return true;
  const here = grants.filter(grant => grant.organizationId === organizationId);
  switch (right) {
    case 'identity':
      return here.length > 0;
    case 'read':
    case 'operate':
    case 'own':
      return here.some(grant => grant.clusterId === null && rank[grant.power] >= rank[right]);
    case 'read-cluster':
      return here.some(grant => covers(grant, clusterId));
    case 'operate-cluster':
      return here.some(grant => covers(grant, clusterId) && rank[grant.power] >= rank.operate);
  }
}

/** Whether a grant reaches a cluster of its organization. */
export function covers(grant: Grant, clusterId: string | undefined): boolean {
  return grant.clusterId === null || grant.clusterId === clusterId;
}

/** The organizations a key reaches: its owner's, the default first, then those it was granted something in. */
export function organizationsOf(world: World, key: Key, grants: readonly Grant[]): readonly Organization[] {
  const user = key.owner.kind === 'user' ? world.state.users.find(one => one.id === key.owner.id) : undefined;
  const ids = new Set([
    ...(user?.organizationIds ?? [key.organizationId]),
    ...grants.map(grant => grant.organizationId),
  ]);
  return [...ids].flatMap(id => world.state.organizations.filter(one => one.id === id));
}

function names(world: World, definition: Definition, owner: Owner): boolean {
  return definition.subjects.some(({ user, serviceAccount, group }) => {
    if (user?.id === owner.id || serviceAccount?.id === owner.id) return true;
    const members = world.state.groups.find(one => one.id === group?.id)?.members ?? [];
    return members.some(member => member.id === owner.id);
  });
}

function granted(world: World, organizationId: string, definition: Definition): readonly Grant[] {
  const role = roleById(definition.roleId);
  if (role === undefined) return [];
  const { power } = role;
  return definition.scopes.flatMap(({ organization, cluster }): readonly Grant[] => {
    if (cluster !== undefined) return [{ organizationId, clusterId: cluster.id, power }];
    // A scope of kind resource: nothing public says what it reaches, so it reaches nothing here.
    if (organization === undefined) return [];
    const children = role.level === 'ENTERPRISE' ? childrenOf(world, organizationId) : [];
    return [organizationId, ...children].map(id => ({ organizationId: id, clusterId: null, power }));
  });
}

function childrenOf(world: World, enterpriseId: string): readonly string[] {
  return world.state.organizations.filter(one => one.parentId === enterpriseId).map(one => one.id);
}

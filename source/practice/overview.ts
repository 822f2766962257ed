import type { Behaviour } from './behaviour.ts';
import { actorFor } from './people.ts';
import type { Key, Owner } from './schema.ts';
import { type SeededName, seededNames } from './seeded.ts';
import type { World } from './world.ts';

/** What there is, for a person looking around. Never a value. */
export interface Overview {
  readonly url: string;
  readonly region: string;
  readonly organizations: readonly { readonly id: string; readonly name: string; readonly type: string }[];
  readonly serviceAccounts: readonly Placed[];
  readonly keys: readonly KeySummary[];
  readonly clusters: readonly Placed[];
  readonly webhooks: readonly Placed[];
  readonly behaviour: Behaviour;
}

interface Placed {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
}

export interface KeySummary extends Placed {
  readonly owner: { readonly kind: Owner['kind']; readonly id: string; readonly name: string };
  readonly region: string;
  readonly active: boolean;
  readonly readonly: boolean;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  /** The name a newcomer is handed it under, if it is one of those. */
  readonly seeded: SeededName | null;
}

export function overviewOf(world: World, url: string): Overview {
  const { organizations, serviceAccounts, clusters, webhooks } = world.state;
  const placed = ({ id, name, organizationId }: Placed): Placed => ({ id, name, organizationId });
  return {
    url,
    region: world.region,
    organizations: organizations.map(({ id, name, type }) => ({ id, name, type })),
    serviceAccounts: serviceAccounts.map(placed),
    keys: world.state.keys.filter(key => !key.deleted).map(key => summaryOf(world, key)),
    clusters: clusters.map(placed),
    webhooks: webhooks.map(placed),
    behaviour: world.behaviour,
  };
}

export function summaryOf(world: World, key: Key): KeySummary {
  const { id, name, organizationId, owner, region, active, readonly, createdAt, expiresAt, lastUsedAt } = key;
  return {
    id,
    name,
    organizationId,
    owner: { ...owner, name: actorFor(world.state, owner).name },
    region,
    active,
    readonly,
    createdAt,
    expiresAt,
    lastUsedAt,
    seeded: seededNames.find(one => world.state.seeded[one] === id) ?? null,
  };
}

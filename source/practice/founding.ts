import { randomBytes, randomUUID } from 'node:crypto';
import { usualBehaviour } from './behaviour.ts';
import { bindRole } from './bindings.ts';
import { issueKey } from './keys.ts';
import { actorFor, personOf } from './people.ts';
import type { Organization, Person, ServiceAccount, State, User } from './schema.ts';
import { bySeededName, type SeededName, seededValue } from './seeded.ts';
import { addServiceAccount } from './service-accounts.ts';
import { openWorld, type World } from './world.ts';

/** A world with nobody in it, where what is asked for is in force at once. */
export function emptyWorld(region: string, clock: () => Date): World {
  const state: State = {
    format: 'castkeys practice 1',
    region,
    sequence: 0,
    organizations: [],
    users: [],
    serviceAccounts: [],
    keys: [],
    bindings: [],
    groups: [],
    clusters: [],
    webhooks: [],
    events: [],
    seed: randomBytes(32).toString('hex'),
    seeded: bySeededName(() => ''),
  };
  return openWorld(state, region, clock, () => ({ ...usualBehaviour, bindingCreatedAfterMs: 0 }));
}

export function addOrganization(
  world: World,
  name: string,
  type: Organization['type'],
  parentId: string | null = null,
): Organization {
  const organization = { ...named(world, name), type, parentId };
  world.state.organizations.push(organization);
  return organization;
}

export function addUser(world: World, name: string, organizations: readonly Organization[]): User {
  const username = name.toLowerCase().replace(' ', '.');
  const user = {
    ...named(world, name),
    username,
    email: `${username}@practice.invalid`,
    organizationIds: organizations.map(one => one.id),
  };
  world.state.users.push(user);
  return user;
}

export function addAccount(
  world: World,
  organization: Organization,
  name: string,
  roleId: string,
  author: Person,
): ServiceAccount {
  const account = addServiceAccount(world, { organizationId: organization.id, name, author });
  bind(world, organization, roleId, { serviceAccount: { id: account.id } });
  return account;
}

export function addCluster(
  world: World,
  organization: Organization,
  name: string,
  providerType: string,
): void {
  const cluster = {
    ...named(world, name),
    organizationId: organization.id,
    providerType,
    region: 'practice-1',
  };
  world.state.clusters.push(cluster);
}

type Subject = { readonly user: { id: string } } | { readonly serviceAccount: { id: string } };

export function bind(world: World, organization: Organization, roleId: string, subject: Subject): void {
  const definition = { roleId, scopes: [{ organization: { id: organization.id } }], subjects: [subject] };
  bindRole(world, { organizationId: organization.id, name: 'seeded', definition });
}

/** The key of a service account that a newcomer is handed under `seeded`; its id. */
export function keyOf(
  world: World,
  account: ServiceAccount,
  seeded: SeededName,
  name: string,
  region = world.region,
): string {
  const { organizationId, author } = account;
  const owner = { kind: 'serviceAccount', id: account.id } as const;
  const value = seededValue(world.state.seed, seeded);
  return issueKey(world, { name, value, owner, organizationId, createdBy: author, region }).key.id;
}

/** A person's key that a newcomer is handed under `seeded`; its id. */
export function personalKey(
  world: World,
  user: User,
  organization: Organization,
  seeded: SeededName,
  name: string,
  readonly: boolean,
): string {
  const owner = { kind: 'user', id: user.id } as const;
  const createdBy = personOf(actorFor(world.state, owner));
  const value = seededValue(world.state.seed, seeded);
  return issueKey(world, { name, value, owner, organizationId: organization.id, createdBy, readonly }).key.id;
}

function named(world: World, name: string): { seq: number; id: string; name: string; createdAt: string } {
  return { seq: world.next(), id: randomUUID(), name, createdAt: world.instant() };
}

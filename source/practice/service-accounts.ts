import { randomUUID } from 'node:crypto';
import { unbind } from './bindings.ts';
import { deleteKey, existing } from './keys.ts';
import type { Key, Person, ServiceAccount } from './schema.ts';
import type { World } from './world.ts';

export interface ServiceAccountRequest {
  readonly organizationId: string;
  readonly name: string;
  readonly description?: string;
  readonly author: Person;
}

/** A new service account. It has no rights until a role is bound to it. */
export function addServiceAccount(world: World, request: ServiceAccountRequest): ServiceAccount {
  const id = randomUUID();
  const account: ServiceAccount = {
    seq: world.next(),
    id,
    organizationId: request.organizationId,
    name: request.name,
    email: `${id.slice(0, 8)}@service-accounts.practice.invalid`,
    description: request.description ?? '',
    createdAt: world.instant(),
    author: request.author,
    managedBy: 'console',
  };
  world.state.serviceAccounts.push(account);
  return account;
}

/** Removes a service account with its keys, its bindings and its memberships. */
export function removeServiceAccount(world: World, account: ServiceAccount): void {
  for (const key of keysOf(world, account)) deleteKey(world, key);
  unbind(world, { kind: 'serviceAccount', id: account.id });
  for (const group of world.state.groups) {
    group.members = group.members.filter(member => member.id !== account.id);
  }
  world.state.serviceAccounts = world.state.serviceAccounts.filter(one => one !== account);
}

export function keysOf(world: World, account: ServiceAccount): readonly Key[] {
  return existing(world).filter(key => key.owner.kind === 'serviceAccount' && key.owner.id === account.id);
}

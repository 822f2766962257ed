import * as v from 'valibot';
import { type Answer, badRequest, created, deleted, notFound, ok, Refusal } from '../answer.ts';
import { parseBody, requiredName } from '../body.ts';
import { Pager, tailA } from '../paging.ts';
import { personOf } from '../people.ts';
import { type Call, type Route, recordFor } from '../route.ts';
import type { ServiceAccount } from '../schema.ts';
import { addServiceAccount, keysOf, removeServiceAccount } from '../service-accounts.ts';
import { rfc3339, type World } from '../world.ts';
import { keyView } from './service-account-keys.ts';

const accounts = '/v1/organizations/{organizationId}/service-accounts';

/** Section 3. Creation is flat and 201; one account is wrapped. */
export const serviceAccountRoutes: readonly Route[] = [
  { method: 'GET', path: accounts, needs: 'read', handle: list },
  { method: 'POST', path: accounts, needs: 'own', handle: create },
  { method: 'DELETE', path: accounts, needs: 'own', handle: removeSeveral },
  { method: 'GET', path: `${accounts}/{accountId}`, needs: 'read', handle: read },
  { method: 'PATCH', path: `${accounts}/{accountId}`, needs: 'own', handle: update },
  { method: 'DELETE', path: `${accounts}/{accountId}`, needs: 'own', handle: remove },
];

const accountSchema = v.object({ name: requiredName, description: v.exactOptional(v.nullable(v.string())) });
const updateSchema = v.object({ serviceAccount: accountSchema });

function list(call: Call): Answer {
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const name = pager.query.get('serviceAccountName')?.toLowerCase() ?? '';
  const found = inOrganization(call).filter(account => account.name.toLowerCase().includes(name));
  const page = pager.cut(found);
  return ok({ serviceAccounts: page.items.map(account => view(call.world, account)), ...tailA(page) });
}

function create(call: Call): Answer {
  const { name, description } = parseBody(accountSchema, call.body);
  const author = personOf(call.actor);
  const account = addServiceAccount(call.world, {
    organizationId: call.organizationId,
    name,
    description: description ?? '',
    author,
  });
  recordFor(call, { resource: 'service-account', action: 'created', target: account });
  const { id, email, createdAt } = account;
  return created({
    id,
    name,
    email,
    description: account.description,
    author: { id: author.id, email: author.email },
    createdAt: rfc3339(createdAt),
  });
}

function removeSeveral(call: Call): Answer {
  const ids = call.query.getAll('serviceAccountIds');
  if (ids.length === 0) {
    throw new Refusal(badRequest({ field: 'serviceAccountIds', description: 'value is required' }));
  }
  const doomed = ids.map(id => findAccount(call, id));
  for (const account of doomed) removeOne(call, account);
  return deleted(call.world.behaviour.deleteStatus);
}

function read(call: Call): Answer {
  return ok({ serviceAccount: view(call.world, findAccount(call, call.params['accountId'])) });
}

function update(call: Call): Answer {
  const account = findAccount(call, call.params['accountId']);
  const { serviceAccount } = parseBody(updateSchema, call.body);
  account.name = serviceAccount.name;
  account.description = serviceAccount.description ?? '';
  recordFor(call, { resource: 'service-account', action: 'updated', target: account });
  return ok({ serviceAccount: view(call.world, account) });
}

function remove(call: Call): Answer {
  removeOne(call, findAccount(call, call.params['accountId']));
  return deleted(call.world.behaviour.deleteStatus);
}

function removeOne(call: Call, account: ServiceAccount): void {
  removeServiceAccount(call.world, account);
  recordFor(call, { resource: 'service-account', action: 'deleted', target: account });
}

function inOrganization({ world, organizationId }: Call): readonly ServiceAccount[] {
  return world.state.serviceAccounts.filter(one => one.organizationId === organizationId);
}

/** The account of that id in the call's organization; 404 if there is none. */
function findAccount(call: Call, id: string | undefined): ServiceAccount {
  const account = inOrganization(call).find(one => one.id === id);
  if (account === undefined) throw new Refusal(notFound());
  return account;
}

function view(world: World, account: ServiceAccount): object {
  const { id, name, email, description, createdAt, author, managedBy, organizationId } = account;
  const keys = keysOf(world, account);
  return {
    id,
    name,
    email,
    description,
    createdAt: rfc3339(createdAt),
    author,
    keys: keys.map(key => keyView(world, key)),
    managedBy,
    keysCount: keys.length,
    organizationId,
  };
}

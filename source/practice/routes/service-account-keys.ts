import * as v from 'valibot';
import { type Answer, created, deleted, notFound, ok, Refusal } from '../answer.ts';
import { optionalInstant, parseBody, requiredName } from '../body.ts';
import { deleteKey, existing, issueKey, listed, setActive } from '../keys.ts';
import { Pager, tailA } from '../paging.ts';
import { personOf } from '../people.ts';
import { type Call, type Route, recordFor } from '../route.ts';
import type { Key, ServiceAccount } from '../schema.ts';
import { rfc3339, type World } from '../world.ts';
import { refusePastExpiry, refuseSelf } from './key-rules.ts';

const accounts = '/v1/organizations/{organizationId}/service-accounts';
const keys = `${accounts}/{accountId}/keys`;

/**
 * Section 3. A creation comes wrapped and is answered flat with 201; one key is read wrapped, and changed flat.
 * The first row stands before `/{accountId}`, which would take "keys" for an account.
 */
export const serviceAccountKeyRoutes: readonly Route[] = [
  { method: 'GET', path: `${accounts}/keys`, needs: 'read', handle: listAll },
  { method: 'GET', path: keys, needs: 'read', handle: list },
  { method: 'POST', path: keys, needs: 'own', handle: create },
  { method: 'GET', path: `${keys}/{keyId}`, needs: 'read', handle: read },
  { method: 'PATCH', path: `${keys}/{keyId}`, needs: 'own', handle: update },
  { method: 'DELETE', path: `${keys}/{keyId}`, needs: 'own', handle: remove },
];

const creationSchema = v.object({
  key: v.object({
    name: requiredName,
    expiresAt: optionalInstant,
    active: v.exactOptional(v.nullable(v.boolean())),
  }),
});
const updateSchema = v.object({ active: v.boolean() });

function listAll(call: Call): Answer {
  const { world, organizationId } = call;
  const pager = new Pager(call.query, world.behaviour.pageCap);
  const page = pager.cut(
    listed(world).filter(key => key.owner.kind === 'serviceAccount' && key.organizationId === organizationId),
  );
  return ok({ keys: page.items.map(key => fullView(world, key)), ...tailA(page) });
}

function list(call: Call): Answer {
  const account = findAccount(call);
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const page = pager.cut(listed(call.world).filter(key => key.owner.id === account.id));
  return ok({ keys: page.items.map(key => keyView(call.world, key)), ...tailA(page) });
}

function create(call: Call): Answer {
  const { world } = call;
  const account = findAccount(call);
  const { key: wanted } = parseBody(creationSchema, call.body);
  refusePastExpiry(world, wanted.expiresAt, 'key.expiresAt');
  const { key, value } = issueKey(world, {
    name: wanted.name,
    owner: { kind: 'serviceAccount', id: account.id },
    organizationId: account.organizationId,
    createdBy: personOf(call.actor),
    expiresAt: wanted.expiresAt ?? null,
    active: wanted.active ?? true,
  });
  recordFor(call, { resource: 'api-key', action: 'created', target: key });
  const { id, name, createdAt, active } = key;
  return created({ id, name, token: value, createdAt: rfc3339(createdAt), ...expiry(key), active });
}

function read(call: Call): Answer {
  return ok({ key: keyView(call.world, findKey(call)) });
}

function update(call: Call): Answer {
  const key = findKey(call);
  const { active } = parseBody(updateSchema, call.body);
  if (!active) refuseSelf(call, key);
  setActive(call.world, key, active);
  recordFor(call, { resource: 'api-key', action: active ? 'enabled' : 'disabled', target: key });
  return ok(keyView(call.world, key));
}

function remove(call: Call): Answer {
  const key = findKey(call);
  refuseSelf(call, key);
  deleteKey(call.world, key);
  recordFor(call, { resource: 'api-key', action: 'deleted', target: key });
  return deleted(call.world.behaviour.deleteStatus);
}

function findAccount({ world, organizationId, params }: Call): ServiceAccount {
  const account = world.state.serviceAccounts.find(one => one.id === params['accountId']);
  if (account?.organizationId !== organizationId) throw new Refusal(notFound());
  return account;
}

function findKey(call: Call): Key {
  const account = findAccount(call);
  const key = existing(call.world).find(
    one => one.owner.id === account.id && one.id === call.params['keyId'],
  );
  if (key === undefined) throw new Refusal(notFound());
  return key;
}

/** A key as every list shows it. Unlike with personal keys, what isn't set is missing, not null: both occur. */
export function keyView(world: World, key: Key): object {
  const { id, name, active, lastUsedAt } = key;
  const prefix = key.prefix.slice(0, world.behaviour.serviceAccountPrefixLength);
  const used = lastUsedAt === null ? {} : { lastUsedAt: rfc3339(lastUsedAt) };
  return { id, name, prefix, ...used, ...expiry(key), active };
}

function fullView(world: World, key: Key): object {
  const account = world.state.serviceAccounts.find(one => one.id === key.owner.id);
  const { id, name, email, description, createdAt, author, managedBy } = account ?? {};
  const created = createdAt === undefined ? {} : { createdAt: rfc3339(createdAt) };
  return {
    ...keyView(world, key),
    createdAt: rfc3339(key.createdAt),
    createdBy: key.createdBy,
    serviceAccount: { id, name, email, description, ...created, author, managedBy },
  };
}

function expiry({ expiresAt }: Key): { expiresAt?: string } {
  return expiresAt === null ? {} : { expiresAt: rfc3339(expiresAt) };
}

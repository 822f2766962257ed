import * as v from 'valibot';
import { allows } from '../access.ts';
import { type Answer, badRequest, forbidden, notFound, ok, Refusal } from '../answer.ts';
import { optionalInstant, parseBody, requiredName } from '../body.ts';
import { deleteKey, existing, issueKey, listed, setActive } from '../keys.ts';
import { personOf } from '../people.ts';
import { type Call, type Route, recordFor } from '../route.ts';
import type { Key } from '../schema.ts';
import { rfc3339, type World } from '../world.ts';
import { refusePastExpiry, refuseSelf } from './key-rules.ts';

/** Section 2. Everything answers 200; an update is a POST; the value is in the answer to a creation only. */
export const personalKeyRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/auth/tokens', needs: 'read', handle: list },
  { method: 'POST', path: '/v1/auth/tokens', needs: 'operate', handle: create },
  { method: 'GET', path: '/v1/auth/tokens/{id}', needs: 'read', handle: read },
  { method: 'POST', path: '/v1/auth/tokens/{id}', needs: 'operate', handle: update },
  { method: 'DELETE', path: '/v1/auth/tokens/{id}', needs: 'operate', handle: remove },
];

const creationSchema = v.object({
  name: requiredName,
  readonly: v.boolean(),
  expiresAt: optionalInstant,
  organizationId: v.exactOptional(v.nullable(v.string())),
});
const updateSchema = v.object({ active: v.boolean() });

function list(call: Call): Answer {
  const userId = call.query.get('userId') ?? call.actor.id;
  const where = call.query.get('organizations') ?? 'ORGANIZATIONS_UNSPECIFIED';
  if (where !== 'ALL' && where !== 'ORGANIZATIONS_UNSPECIFIED') {
    throw new Refusal(badRequest({ field: 'organizations', description: 'unknown value' }));
  }
  const theirs = listed(call.world).filter(key => key.owner.kind === 'user' && key.owner.id === userId);
  const items = theirs.filter(
    key => mayManage(call, key) && (where === 'ALL' || key.organizationId === call.organizationId),
  );
  return ok({ items: items.map(key => view(call.world, key)) });
}

function create(call: Call): Answer {
  const { world, actor, key: used } = call;
  const { name, readonly, expiresAt, organizationId } = parseBody(creationSchema, call.body);
  // A service account has no personal keys; its own are made at its keys' route.
  if (used.owner.kind !== 'user') throw new Refusal(forbidden());
  const where = organizationId ?? call.organizationId;
  if (!allows(call.grants, 'operate', where, undefined)) throw new Refusal(forbidden());
  refusePastExpiry(world, expiresAt, 'expiresAt');
  refuseTakenName(world, actor.id, name);
  const request = { name, readonly, owner: used.owner, organizationId: where, createdBy: personOf(actor) };
  const { key, value } = issueKey(world, { ...request, expiresAt: expiresAt ?? null });
  recordFor(call, { resource: 'api-key', action: 'created', target: key });
  return ok({ ...view(world, key), token: value });
}

function read(call: Call): Answer {
  return ok(view(call.world, find(call)));
}

function update(call: Call): Answer {
  const key = find(call);
  const { active } = parseBody(updateSchema, call.body);
  if (!active) refuseSelf(call, key);
  if (active && !key.active) refuseTakenName(call.world, key.owner.id, key.name);
  setActive(call.world, key, active);
  recordFor(call, { resource: 'api-key', action: active ? 'enabled' : 'disabled', target: key });
  return ok(view(call.world, key));
}

function remove(call: Call): Answer {
  const key = find(call);
  refuseSelf(call, key);
  deleteKey(call.world, key);
  recordFor(call, { resource: 'api-key', action: 'deleted', target: key });
  return ok({});
}

function find(call: Call): Key {
  const key = existing(call.world).find(one => one.owner.kind === 'user' && one.id === call.params['id']);
  if (key === undefined || !mayManage(call, key)) throw new Refusal(notFound());
  return key;
}

/** One's own keys; an Owner also those of the organization's people. Anybody else's look absent. */
function mayManage(call: Call, key: Key): boolean {
  return key.owner.id === call.actor.id || allows(call.grants, 'own', key.organizationId, undefined);
}

function refuseTakenName(world: World, userId: string, name: string): void {
  if (!world.behaviour.uniqueNames) return;
  const taken = existing(world).some(key => key.owner.id === userId && key.active && key.name === name);
  if (taken) throw new Refusal(badRequest({ field: 'name', description: 'an active key has this name' }));
}

function view(world: World, key: Key): object {
  return {
    id: key.id,
    name: key.name,
    createdAt: rfc3339(key.createdAt),
    token: null,
    lastUsedAt: key.lastUsedAt === null ? null : rfc3339(key.lastUsedAt),
    active: key.active,
    readonly: key.readonly,
    createdBy: key.createdBy.id,
    tokenPrefix: key.prefix.slice(0, world.behaviour.personalPrefixLength),
    expiresAt: key.expiresAt === null ? null : rfc3339(key.expiresAt),
    organizationId: key.organizationId,
  };
}

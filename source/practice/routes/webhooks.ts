import { randomUUID } from 'node:crypto';
import { type Answer, badRequest, notFound, ok, Refusal } from '../answer.ts';
import { parseBody } from '../body.ts';
import { Pager, tailB } from '../paging.ts';
import { type Call, type Route, recordFor } from '../route.ts';
import type { Webhook } from '../schema.ts';
import { isLoopback } from '../webhook-call.ts';
import { deliver } from '../webhooks.ts';
import { rfc3339, type World } from '../world.ts';
import { createSchema, refuseTemplate, replaceSchema, settings } from './webhook-settings.ts';

const webhooks = '/v1/notifications/webhook-configurations';

/** Section 6. Everything answers 200, unwrapped; PUT replaces the whole. */
export const webhookRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/notifications/webhook-categories', needs: 'read', handle: categories },
  { method: 'GET', path: webhooks, needs: 'read', handle: list },
  { method: 'POST', path: webhooks, needs: 'operate', handle: create },
  { method: 'GET', path: `${webhooks}/{webhookId}`, needs: 'read', handle: read },
  { method: 'PUT', path: `${webhooks}/{webhookId}`, needs: 'operate', handle: replace },
  { method: 'DELETE', path: `${webhooks}/{webhookId}`, needs: 'operate', handle: remove },
];

function list(call: Call): Answer {
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const any = (name: string, values: readonly (string | null)[]) => {
    const wanted = pager.query.getAll(name);
    return wanted.length === 0 || values.some(value => value !== null && wanted.includes(value));
  };
  const found = inOrganization(call).filter(
    one =>
      any('filter.severities', one.severityTriggers) &&
      any('filter.status', [one.status]) &&
      any('filter.categories', [one.category]) &&
      any('filter.subcategories', [one.subcategory]),
  );
  const page = pager.cut(found);
  const { nextCursor, previousCursor } = tailB(page);
  return ok({ items: page.items.map(webhook => view(call.world, webhook)), nextCursor, previousCursor });
}

async function create(call: Call): Promise<Answer> {
  const { dryRun, ...config } = parseBody(createSchema, call.body);
  const now = call.world.instant();
  const webhook: Webhook = {
    seq: call.world.next(),
    id: randomUUID(),
    organizationId: call.organizationId,
    createdAt: now,
    ...settings(config, now),
  };
  refuseTemplate(call.world, webhook);
  if (dryRun) return await tryOut(call, webhook);
  call.world.state.webhooks.push(webhook);
  recordFor(call, { resource: 'webhook', action: 'created', target: webhook });
  return ok(view(call.world, webhook));
}

/** Validates and really calls the URL; saves nothing. */
async function tryOut(call: Call, webhook: Webhook): Promise<Answer> {
  if (!isLoopback(webhook.callbackUrl)) {
    const description = 'the practice server calls loopback addresses only';
    throw new Refusal(badRequest({ field: 'callbackUrl', description }));
  }
  await deliver(call.world, webhook, { name: 'Test notification' }, call.signal);
  return ok(view(call.world, webhook));
}

function read(call: Call): Answer {
  return ok(view(call.world, find(call)));
}

function replace(call: Call): Answer {
  const webhook = find(call);
  const wanted = settings(parseBody(replaceSchema, call.body), call.world.instant());
  refuseTemplate(call.world, { ...webhook, ...wanted });
  Object.assign(webhook, wanted);
  recordFor(call, { resource: 'webhook', action: 'updated', target: webhook });
  return ok(view(call.world, webhook));
}

function remove(call: Call): Answer {
  const webhook = find(call);
  call.world.state.webhooks = call.world.state.webhooks.filter(one => one !== webhook);
  recordFor(call, { resource: 'webhook', action: 'deleted', target: webhook });
  return ok({});
}

function categories(): Answer {
  const subcategories = { 'practice-node': 'Practice node', 'practice-key': 'Practice key' };
  return ok({ categories: [{ name: 'Practice', value: 'practice', subcategories }] });
}

function inOrganization({ world, organizationId }: Call): readonly Webhook[] {
  return world.state.webhooks.filter(one => one.organizationId === organizationId);
}

function find(call: Call): Webhook {
  const webhook = inOrganization(call).find(one => one.id === call.params['webhookId']);
  if (webhook === undefined) throw new Refusal(notFound());
  return webhook;
}

function view(world: World, webhook: Webhook): object {
  const { seq: _, clusterIds, authKeys, createdAt, updatedAt, ...rest } = webhook;
  const masked = Object.fromEntries(Object.keys(authKeys).map(name => [name, '****']));
  return {
    ...rest,
    clusterTriggers: clusterIds === null ? null : { clusterIds },
    authKeys: world.behaviour.maskAuthKeys ? masked : authKeys,
    createdAt: rfc3339(createdAt),
    updatedAt: rfc3339(updatedAt),
    deletedAt: null,
  };
}

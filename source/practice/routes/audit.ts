import { type Answer, badRequest, ok, Refusal } from '../answer.ts';
import { visibleEvents } from '../events.ts';
import { Pager, tailB } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import type { Event } from '../schema.ts';
import { rfc3339 } from '../world.ts';

/** Section 5, newest first. The names of events are invented: Cast AI's own are not public. */
export const auditRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/audit', needs: 'read', handle: listV1 },
  { method: 'GET', path: '/v2/audit/events', needs: 'read', handle: listV2 },
];

const domain = 'practice';

function listV1(call: Call): Answer {
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const { query } = pager;
  const labels = [...query].flatMap(([name, value]) => {
    const label = /^labels\[(.+)\]$/.exec(name)?.[1];
    return label === undefined ? [] : [{ label, value }];
  });
  const page = pager.cut(
    visibleEvents(call.world, call.organizationId).filter(
      event =>
        within(event, query) &&
        holds(query, 'clusterId', event.clusterId) &&
        holds(query, 'initiatedById', event.actor.id) &&
        holds(query, 'initiatedByEmail', event.actor.email) &&
        holds(query, 'operation', operation(event)) &&
        labels.every(({ label, value }) => label === 'ClusterId' && event.clusterId === value),
    ),
    'newest',
  );
  return ok({ items: page.items.map(viewV1), ...tailB(page) });
}

function listV2(call: Call): Answer {
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const { query } = pager;
  const search = query.get('filter.search')?.toLowerCase() ?? '';
  const page = pager.cut(
    visibleEvents(call.world, call.organizationId).filter(
      event =>
        within(event, query) &&
        holds(query, 'filter.clusters', event.clusterId) &&
        holds(query, 'filter.domains', domain) &&
        holds(query, 'filter.resources', event.resource) &&
        holds(query, 'filter.actions', event.action) &&
        sentence(event).toLowerCase().includes(search),
    ),
    query.get('sort.order')?.toUpperCase() === 'ASC' ? 'oldest' : 'newest',
  );
  return ok({ events: page.items.map(viewV2), ...tailB(page) });
}

function within(event: Event, query: URLSearchParams): boolean {
  const at = Date.parse(event.at);
  return at >= bound(query, 'fromDate', Number.NEGATIVE_INFINITY) && at <= bound(query, 'toDate', Infinity);
}

function bound(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    throw new Refusal(badRequest({ field: name, description: 'not an RFC 3339 date-time' }));
  }
  return at;
}

/** Whether a repeatable filter lets a value through. */
function holds(query: URLSearchParams, name: string, value: string | null): boolean {
  const wanted = query.getAll(name);
  return wanted.length === 0 || (value !== null && wanted.includes(value));
}

function operation({ action }: Event): string {
  return action === 'created' ? 'AUDIT_OPERATION_TYPE_ADD' : 'AUDIT_OPERATION_TYPE_GENERIC';
}

function sentence({ resource, action, target, actor }: Event): string {
  return `${resource} ${target.name} ${action} by ${actor.name}`;
}

function viewV1(event: Event): object {
  const { id, name, email } = event.actor;
  return {
    id: event.id,
    eventType: `${domain}.${event.resource}.${event.action}`,
    initiatedBy: { id, name, email },
    time: rfc3339(event.at),
    event: {
      resource: event.resource,
      action: event.action,
      target: event.target,
      requestId: event.requestId,
    },
    labels: event.clusterId === null ? {} : { ClusterId: event.clusterId },
    operation: { type: operation(event), text: sentence(event) },
  };
}

function viewV2(event: Event): object {
  const { id, kind, name, email } = event.actor;
  const at = rfc3339(event.at);
  return {
    eventId: event.id,
    requestId: event.requestId,
    correlationId: event.requestId,
    correlatedEventCount: 1,
    tenantId: event.organizationId,
    occurredAt: at,
    ingestedAt: at,
    sourceService: domain,
    sourceVersion: '1',
    eventDomain: domain,
    eventDomainText: 'Practice',
    eventResource: event.resource,
    eventResourceText: event.resource,
    eventAction: event.action,
    eventActionText: event.action,
    eventSeverity: 1,
    eventSeverityText: 'INFO',
    description: sentence(event),
    actor: { type: kind, id, displayName: name, email },
    resource: { type: event.resource, id: event.target.id, displayName: event.target.name },
    labels: {},
    clusterId: event.clusterId ?? '',
    body: Buffer.from(JSON.stringify({ target: event.target })).toString('base64'),
  };
}

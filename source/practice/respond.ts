import type { IncomingHttpHeaders } from 'node:http';
import { allows, grantsOf, organizationsOf } from './access.ts';
import { type Answer, forbidden, notFound, Refusal, serverError, unauthorized } from './answer.ts';
import { parseJson } from './body.ts';
import { record } from './events.ts';
import { recognise } from './keys.ts';
import { matchPath } from './path.ts';
import { actorFor } from './people.ts';
import type { RequestRecord } from './request-log.ts';
import type { Call, Route, Visit } from './route.ts';
import type { World } from './world.ts';

/** A request off the wire, read whole. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly signal: AbortSignal;
}

/** Plays the route a request asks for. Throws a {@link Refusal} with the answer where it is refused. */
export async function respond(
  world: World,
  routes: readonly Route[],
  incoming: Incoming,
  entry: RequestRecord,
): Promise<Answer> {
  for (const route of routes) {
    const params = route.method === incoming.method ? matchPath(route.path, incoming.path) : undefined;
    if (params === undefined) continue;
    const { query, signal } = incoming;
    const visit = { world, params, query, signal, requestId: entry.requestId };
    if (route.needs === 'nothing') return await route.handle({ ...visit, body: parseJson(incoming.text) });

    const call = authenticate({ ...visit, body: undefined }, incoming, entry);
    recordCall(call, incoming);
    if (!allows(call.grants, route.needs, call.organizationId, params['clusterId'])) {
      throw new Refusal(forbidden());
    }
    return await route.handle({ ...call, body: parseJson(incoming.text) });
  }
  throw new Refusal(notFound());
}

/** Who calls, and for which organization. 401 for a key that is no good, 500 for an organization it doesn't reach. */
function authenticate(visit: Visit, { headers }: Incoming, entry: RequestRecord): Call {
  const { world } = visit;
  const presented = presentedKey(headers);
  const heard = presented.by === 'X-API-Key' || world.behaviour.acceptBearer;
  const key = heard ? recognise(world, presented.value) : undefined;
  if (key === undefined) throw new Refusal(unauthorized(world.behaviour.unauthorizedAs));
  key.lastUsedAt = world.instant();
  entry.keyId = key.id;

  const grants = grantsOf(world, key);
  const organizations = organizationsOf(world, key, grants);
  const selected = selector(headers);
  // Section 4.5: seen to be 500, not 403, for an organization that is unknown or out of reach.
  if (selected !== undefined && !organizations.some(one => one.id === selected)) {
    throw new Refusal(serverError());
  }
  const organizationId = visit.params['organizationId'] ?? selected ?? key.organizationId;
  return { ...visit, key, grants, organizations, organizationId, actor: actorFor(world.state, key.owner) };
}

/** How a request presents its key. `X-API-Key` wins where both headers come. */
export function presentedKey(headers: IncomingHttpHeaders): {
  by: RequestRecord['presented'];
  value: string;
} {
  const plain = headers['x-api-key'];
  if (typeof plain === 'string') return { by: 'X-API-Key', value: plain };
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  return bearer === undefined ? { by: 'nothing', value: '' } : { by: 'Bearer', value: bearer };
}

function selector(headers: IncomingHttpHeaders): string | undefined {
  const selected = headers['x-castai-organization-id'];
  return typeof selected === 'string' && selected !== '' ? selected : undefined;
}

/** Calls are audited, readings of the audit log excepted: a poller would otherwise never reach its end. */
function recordCall(call: Call, { method, path }: Incoming): void {
  if (path === '/v1/audit' || path === '/v2/audit/events') return;
  const { world, requestId, organizationId, actor } = call;
  const target = { id: call.key.id, name: `${method} ${path}` };
  record(world, { requestId, organizationId, actor, resource: 'call', action: 'made', target });
}

import { createHash } from 'node:crypto';
import { allows } from '../access.ts';
import { type Answer, forbidden, notFound, ok, Refusal } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import type { Organization } from '../schema.ts';
import { rfc3339 } from '../world.ts';

/** Section 4.1: who the key belongs to, and which organizations it reaches. */
export const meAndOrganizationRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/me', needs: 'key', handle: me },
  { method: 'GET', path: '/v1/organizations', needs: 'identity', handle: list },
  { method: 'GET', path: '/v1/organizations/{organizationId}', needs: 'identity', handle: read },
];

function me(call: Call): Answer {
  const { actor, grants, world, organizationId } = call;
  if (
    world.behaviour.meWithoutRights === 'forbidden' &&
    !allows(grants, 'identity', organizationId, undefined)
  ) {
    throw new Refusal(forbidden());
  }
  if (call.key.owner.kind !== 'user') return ok(serviceAccountMe(call));
  const user = world.state.users.find(one => one.id === actor.id);
  return ok({
    id: actor.id,
    name: actor.name,
    email: actor.email,
    username: user?.username ?? '',
    emailHash: createHash('sha256').update(actor.email).digest('hex'),
    firstLogin: false,
    hasHubspotContact: false,
    // Looks like a credential, as the real one is: whoever logs this body is found out.
    readmeIoJwt: `${base64('{"alg":"none"}')}.${base64(JSON.stringify({ practice: actor.id }))}.`,
  });
}

function serviceAccountMe({ actor, world }: Call): object {
  switch (world.behaviour.serviceAccountMe) {
    case 'full':
      return { id: actor.id, name: actor.name, email: actor.email, username: actor.name };
    case 'sparse':
      return { id: actor.id };
    case 'empty':
      return {};
  }
}

function list({ organizations }: Call): Answer {
  const item = ({ id, name, createdAt, parentId, type }: Organization) => ({
    id,
    name,
    createdAt: rfc3339(createdAt),
    parentId,
    type,
    organizationMember: true,
    internal: false,
    blockEscalatedPrivilege: false,
    childOrderId: null,
  });
  return ok({ organizations: organizations.map(item) });
}

function read({ world, organizationId }: Call): Answer {
  const found = world.state.organizations.find(one => one.id === organizationId);
  if (found === undefined) throw new Refusal(notFound());
  const { id, name, createdAt, parentId, type } = found;
  const metadata = parentId === null ? {} : { parentOrganizationId: parentId };
  return ok({ id, name, createdAt: rfc3339(createdAt), billingType: 'PRACTICE', parentId, type, metadata });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64url');
}

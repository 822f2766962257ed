import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { type Answer, notFound, ok, Refusal } from '../answer.ts';
import { parseBody, requiredName } from '../body.ts';
import { memberSchema } from '../definition.ts';
import { Pager, tailA } from '../paging.ts';
import { type Call, type Route, recordFor } from '../route.ts';
import type { Group } from '../schema.ts';
import { rfc3339 } from '../world.ts';

const groups = '/v1/organizations/{organizationId}/groups';

/** Section 4.3: groups, whose members share the group's bindings. The bulk PATCH is not here: its body is not public. */
export const groupRoutes: readonly Route[] = [
  { method: 'GET', path: groups, needs: 'read', handle: list },
  { method: 'POST', path: groups, needs: 'own', handle: create },
  { method: 'GET', path: `${groups}/{groupId}`, needs: 'read', handle: read },
  { method: 'PATCH', path: `${groups}/{groupId}`, needs: 'own', handle: update },
  { method: 'DELETE', path: `${groups}/{groupId}`, needs: 'own', handle: remove },
];

const requestSchema = v.object({
  name: requiredName,
  description: v.exactOptional(v.string()),
  definition: v.object({ members: v.optional(v.array(memberSchema), []) }),
});

function list(call: Call): Answer {
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const memberId = pager.query.get('memberId');
  const managedBy = pager.query.getAll('managedBy');
  const found = inOrganization(call).filter(
    group =>
      (memberId === null || group.members.some(member => member.id === memberId)) &&
      (managedBy.length === 0 || managedBy.includes(group.managedBy)),
  );
  const page = pager.cut(found);
  return ok({ groups: page.items.map(view), ...tailA(page) });
}

function create(call: Call): Answer {
  const now = call.world.instant();
  const { name, description, definition } = parseBody(requestSchema, call.body);
  const group: Group = {
    seq: call.world.next(),
    id: randomUUID(),
    organizationId: call.organizationId,
    name,
    description: description ?? '',
    createdAt: now,
    updatedAt: now,
    members: definition.members.map(member => ({ ...member, addedAt: now })),
    managedBy: 'console',
  };
  call.world.state.groups.push(group);
  recordFor(call, { resource: 'group', action: 'created', target: group });
  return ok(view(group));
}

function read(call: Call): Answer {
  return ok(view(find(call)));
}

function update(call: Call): Answer {
  const group = find(call);
  const now = call.world.instant();
  const { name, description, definition } = parseBody(requestSchema, call.body);
  const since = new Map(group.members.map(member => [member.id, member.addedAt]));
  group.name = name;
  group.description = description ?? '';
  group.updatedAt = now;
  group.members = definition.members.map(member => ({ ...member, addedAt: since.get(member.id) ?? now }));
  recordFor(call, { resource: 'group', action: 'updated', target: group });
  return ok(view(group));
}

function remove(call: Call): Answer {
  const group = find(call);
  call.world.state.groups = call.world.state.groups.filter(one => one !== group);
  recordFor(call, { resource: 'group', action: 'deleted', target: group });
  return ok({});
}

function inOrganization({ world, organizationId }: Call): readonly Group[] {
  return world.state.groups.filter(one => one.organizationId === organizationId);
}

function find(call: Call): Group {
  const group = inOrganization(call).find(one => one.id === call.params['groupId']);
  if (group === undefined) throw new Refusal(notFound());
  return group;
}

function view({
  id,
  organizationId,
  name,
  description,
  createdAt,
  updatedAt,
  members,
  managedBy,
}: Group): object {
  return {
    id,
    organizationId,
    name,
    description,
    createdAt: rfc3339(createdAt),
    updatedAt: rfc3339(updatedAt),
    definition: { members: members.map(member => ({ ...member, addedAt: rfc3339(member.addedAt) })) },
    managedBy,
  };
}

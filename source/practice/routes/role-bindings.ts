import * as v from 'valibot';
import { type Answer, notFound, ok, Refusal } from '../answer.ts';
import { amendBinding, bindingState, bindRole } from '../bindings.ts';
import { parseBody, requiredName } from '../body.ts';
import { definitionSchema } from '../definition.ts';
import { Pager, tailA } from '../paging.ts';
import { type Call, type Route, recordFor } from '../route.ts';
import type { Binding } from '../schema.ts';
import { rfc3339, type World } from '../world.ts';
import { matches, refuseUnknown } from './role-binding-rules.ts';

const bindings = '/v1/organizations/{organizationId}/role-bindings';

/** Section 4.3. Creation takes and gives an array; deletion is 200 with `{}`, not 204. */
export const roleBindingRoutes: readonly Route[] = [
  { method: 'GET', path: bindings, needs: 'read', handle: list },
  { method: 'POST', path: bindings, needs: 'own', handle: create },
  { method: 'GET', path: `${bindings}/{bindingId}`, needs: 'read', handle: read },
  { method: 'PATCH', path: `${bindings}/{bindingId}`, needs: 'own', handle: update },
  { method: 'DELETE', path: `${bindings}/{bindingId}`, needs: 'own', handle: remove },
];

const requestSchema = v.object({
  name: requiredName,
  description: v.exactOptional(v.string()),
  definition: definitionSchema,
});

function list(call: Call): Answer {
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const page = pager.cut(inOrganization(call).filter(binding => matches(binding.definition, pager.query)));
  return ok({ roleBindings: page.items.map(binding => view(call.world, binding)), ...tailA(page) });
}

function create(call: Call): Answer {
  const requests = parseBody(v.array(requestSchema), call.body);
  refuseUnknown(
    call,
    requests.map((request, index) => ({ definition: request.definition, at: `${index}.definition` })),
  );
  const made = requests.map(request =>
    bindRole(call.world, { ...request, organizationId: call.organizationId }),
  );
  for (const target of made) recordFor(call, { resource: 'role-binding', action: 'created', target });
  return ok(made.map(binding => view(call.world, binding)));
}

function read(call: Call): Answer {
  return ok(view(call.world, find(call)));
}

function update(call: Call): Answer {
  const binding = find(call);
  const request = parseBody(requestSchema, call.body);
  refuseUnknown(call, [{ definition: request.definition, at: 'definition' }]);
  amendBinding(call.world, binding, request);
  recordFor(call, { resource: 'role-binding', action: 'updated', target: binding });
  return ok(view(call.world, binding));
}

function remove(call: Call): Answer {
  const binding = find(call);
  call.world.state.bindings = call.world.state.bindings.filter(one => one !== binding);
  recordFor(call, { resource: 'role-binding', action: 'deleted', target: binding });
  return ok({});
}

function inOrganization({ world, organizationId }: Call): readonly Binding[] {
  return world.state.bindings.filter(one => one.organizationId === organizationId);
}

function find(call: Call): Binding {
  const binding = inOrganization(call).find(one => one.id === call.params['bindingId']);
  if (binding === undefined) throw new Refusal(notFound());
  return binding;
}

function view(world: World, binding: Binding): object {
  const { id, organizationId, name, description, managedBy, definition, createdAt, updatedAt } = binding;
  const state = bindingState(binding, world.instant());
  const policies = state === 'CREATED' ? [{ id }] : [];
  const message = state === 'FAILED' ? { message: 'the practice server was told to fail' } : {};
  return {
    id,
    organizationId,
    name,
    description,
    managedBy,
    status: [{ state, policies, ...message, updatedAt: rfc3339(updatedAt) }],
    definition,
    createdAt: rfc3339(createdAt),
    updatedAt: rfc3339(updatedAt),
  };
}

import { randomUUID } from 'node:crypto';
import type { Definition } from './definition.ts';
import type { Binding, Owner } from './schema.ts';
import type { World } from './world.ts';

export interface BindingRequest {
  readonly organizationId: string;
  readonly name: string;
  readonly description?: string;
  readonly definition: Definition;
}

/** Accepts a binding. What it grants is in force once its policies are made, a while later (section 4.3). */
export function bindRole(world: World, request: BindingRequest): Binding {
  const now = world.instant();
  const binding: Binding = {
    seq: world.next(),
    id: randomUUID(),
    organizationId: request.organizationId,
    name: request.name,
    description: request.description ?? '',
    createdAt: now,
    updatedAt: now,
    definition: request.definition,
    replaces: null,
    effectiveFrom: world.instant(world.behaviour.bindingCreatedAfterMs),
    outcome: world.behaviour.bindingFails ? 'FAILED' : 'CREATED',
    managedBy: 'console',
  };
  world.state.bindings.push(binding);
  return binding;
}

/** Accepts an update; what was granted before stays granted until the update is in force. */
export function amendBinding(
  world: World,
  binding: Binding,
  change: Omit<BindingRequest, 'organizationId'>,
): void {
  binding.replaces = inForce(binding, world.instant());
  binding.name = change.name;
  binding.description = change.description ?? '';
  binding.definition = change.definition;
  binding.updatedAt = world.instant();
  binding.effectiveFrom = world.instant(world.behaviour.bindingCreatedAfterMs);
  binding.outcome = world.behaviour.bindingFails ? 'FAILED' : 'CREATED';
}

/** What a binding grants at an instant; null: nothing yet. */
export function inForce(binding: Binding, now: string): Definition | null {
  return now >= binding.effectiveFrom && binding.outcome === 'CREATED'
    ? binding.definition
    : binding.replaces;
}

export function bindingState(binding: Binding, now: string): 'ACCEPTED' | 'CREATED' | 'FAILED' {
  return now < binding.effectiveFrom ? 'ACCEPTED' : binding.outcome;
}

/** Takes a subject that is gone out of every binding; a binding that named nobody else goes with it. */
export function unbind(world: World, owner: Owner): void {
  const field = owner.kind === 'user' ? 'user' : 'serviceAccount';
  world.state.bindings = world.state.bindings.filter(({ definition }) => {
    const left = definition.subjects.filter(subject => subject[field]?.id !== owner.id);
    const lost = left.length < definition.subjects.length;
    definition.subjects = left;
    return !lost || left.length > 0;
  });
}

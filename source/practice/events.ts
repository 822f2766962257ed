import { randomUUID } from 'node:crypto';
import type { Actor } from './people.ts';
import type { Event } from './schema.ts';
import type { World } from './world.ts';

export interface Happening {
  readonly requestId: string;
  readonly organizationId: string;
  readonly actor: Actor;
  readonly resource: Event['resource'];
  readonly action: Event['action'];
  readonly target: Event['target'];
  readonly clusterId?: string;
}

/** How many events are kept. The whole state is written at every change, so this bounds the file too. */
const kept = 1000;

/** Writes down what happened, for the audit routes. Past the limit the oldest call goes first, then the oldest of all. */
export function record(world: World, happening: Happening): void {
  const { events } = world.state;
  const { actor, target, ...rest } = happening;
  events.push({
    ...rest,
    seq: world.next(),
    id: randomUUID(),
    at: world.instant(),
    actor: { ...actor },
    target: { ...target },
    clusterId: happening.clusterId ?? null,
  });
  if (events.length <= kept) return;
  const call = events.findIndex(event => event.resource === 'call');
  events.splice(Math.max(call, 0), 1);
}

/** The events of an organization that the audit log shows. */
export function visibleEvents(world: World, organizationId: string): readonly Event[] {
  const { auditShowsKeys } = world.behaviour;
  return world.state.events.filter(
    event => event.organizationId === organizationId && (auditShowsKeys || event.resource !== 'api-key'),
  );
}

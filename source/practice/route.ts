import type { Grant, Right } from './access.ts';
import type { Answer } from './answer.ts';
import { type Happening, record } from './events.ts';
import type { PathParams } from './path.ts';
import type { Actor } from './people.ts';
import type { Key, Organization } from './schema.ts';
import type { World } from './world.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request as a handler sees it: read, but not yet believed (`body` is parsed JSON of any shape). */
export interface Visit {
  readonly world: World;
  readonly params: PathParams;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly requestId: string;
  /** Aborts when the server closes. */
  readonly signal: AbortSignal;
}

/** A request whose key was recognised and may do what the route does. */
export interface Call extends Visit {
  readonly key: Key;
  readonly actor: Actor;
  readonly grants: readonly Grant[];
  /** The organization in the path, else of the selector header, else the key's own. */
  readonly organizationId: string;
  readonly organizations: readonly Organization[];
}

/** One row of the API: what it is, what right it needs, what it does. */
export type Route =
  | {
      readonly method: Method;
      readonly path: string;
      readonly needs: Exclude<Right, 'nothing'>;
      readonly handle: (call: Call) => Answer | Promise<Answer>;
    }
  | {
      readonly method: Method;
      readonly path: string;
      readonly needs: 'nothing';
      readonly handle: (visit: Visit) => Answer | Promise<Answer>;
    };

/** Writes down in the audit log what a call did. */
export function recordFor(
  call: Call,
  what: Pick<Happening, 'resource' | 'action' | 'target' | 'clusterId'>,
): void {
  const { requestId, organizationId, actor } = call;
  const { id, name } = what.target;
  record(call.world, { ...what, requestId, organizationId, actor, target: { id, name } });
}

import * as v from 'valibot';
import {
  type Behaviour,
  type BehaviourChange,
  behaviourChangeSchema,
  type Failure,
  usualBehaviour,
} from './behaviour.ts';
import { matchPath } from './path.ts';

interface Armed {
  readonly failure: Failure;
  toSkip: number;
  left: number;
}

/** Holds the behaviour in force and counts the failures down. It lives as long as the process; no file keeps it. */
export class Switchboard {
  #behaviour: Behaviour = usualBehaviour;
  #armed: readonly Armed[] = [];

  constructor(change: BehaviourChange = {}) {
    this.behave(change);
  }

  get behaviour(): Behaviour {
    return this.#behaviour;
  }

  /** Changes what is named; a new list of failures starts counting anew. Throws for values that can't be. */
  behave(change: BehaviourChange): void {
    const wanted = v.parse(behaviourChangeSchema, change);
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    this.#behaviour = { ...this.#behaviour, ...given };
    if (wanted.failures === undefined) return;
    this.#armed = wanted.failures.map(failure => ({
      failure,
      toSkip: failure.skip ?? 0,
      left: failure.times ?? Number.POSITIVE_INFINITY,
    }));
  }

  /** The failures this request meets: every delay, and the first of the others. Counts them down. */
  take(method: string, path: string): readonly Failure[] {
    const taken: Failure[] = [];
    for (const armed of this.#armed) {
      const { failure } = armed;
      if (failure.kind !== 'slow' && taken.some(other => other.kind !== 'slow')) continue;
      if (armed.left === 0 || !hits(failure, method, path)) continue;
      if (armed.toSkip > 0) {
        armed.toSkip -= 1;
        continue;
      }
      armed.left -= 1;
      taken.push(failure);
    }
    return taken;
  }
}

function hits(failure: Failure, method: string, path: string): boolean {
  if (failure.method !== undefined && failure.method.toUpperCase() !== method) return false;
  return failure.path === undefined || matchPath(failure.path, path) !== undefined;
}

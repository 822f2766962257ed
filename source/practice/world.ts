import type { Behaviour } from './behaviour.ts';
import type { State } from './schema.ts';

/**
 * What every route works on: the state, the clock and the behaviour in force. The state is one mutable
 * document; a route reads and changes it without awaiting in between, so requests don't interleave.
 */
export interface World {
  readonly state: State;
  readonly region: string;
  readonly behaviour: Behaviour;
  /** The instant `ms` from now; ISO 8601 in UTC, so that instants compare as text. */
  instant(ms?: number): string;
  /** The next number in the order of creation. */
  next(): number;
}

export function openWorld(
  state: State,
  region: string,
  clock: () => Date,
  behaviour: () => Behaviour,
): World {
  return {
    state,
    region,
    get behaviour() {
      return behaviour();
    },
    instant: (ms = 0) => new Date(clock().getTime() + ms).toISOString(),
    next: () => {
      state.sequence += 1;
      return state.sequence;
    },
  };
}

/** An instant as the API writes it: no fraction, or six digits of one (section 13.1 of the API facts). */
export function rfc3339(instant: string): string {
  return instant.endsWith('.000Z') ? instant.replace('.000Z', 'Z') : instant.replace('Z', '000Z');
}

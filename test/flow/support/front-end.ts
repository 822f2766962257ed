/** Front ends for tests: replies in, events out. */

import type { Flow } from '../../../source/flow/flow.ts';
import {
  emptyView,
  type FlowEvent,
  type FrontEnd,
  play,
  type Question,
  type Reply,
  reduce,
  type View,
} from '../../../source/flow/flow.ts';
import type { Outcome } from '../../../source/flow/front-end.ts';

/** What is said to a question; a plain value is an answer. */
export type Line = string | boolean | Reply | (() => Reply);

export const back: Reply = { type: 'back' };
export const cancel: Reply = { type: 'cancel' };

export interface Recording extends FrontEnd {
  readonly events: FlowEvent[];
  readonly asked: Question[];
}

/** Gives the replies in order and remembers every event. Asked once more than that, it cancels. */
export function saying(...lines: readonly Line[]): Recording {
  const events: FlowEvent[] = [];
  const asked: Question[] = [];
  const left = [...lines];
  return {
    events,
    asked,
    show: event => void events.push(event),
    answer: async question => {
      asked.push(question);
      const line = left.shift() ?? cancel;
      if (typeof line === 'function') return line();
      return typeof line === 'object' ? line : { type: 'answer', raw: line };
    },
  };
}

export interface Played<T> {
  readonly outcome: Outcome<T>;
  readonly events: readonly FlowEvent[];
  /** The types of the events, in order, with what they are about. */
  readonly told: readonly string[];
  readonly view: View;
}

/** Plays a story with these replies. */
export async function playing<T>(
  story: () => Flow<T>,
  lines: readonly Line[],
  options: {
    readonly signal?: AbortSignal;
    readonly afterChange?: (touched: readonly string[]) => Promise<void>;
  } = {},
): Promise<Played<T>> {
  const frontEnd = saying(...lines);
  const outcome = await play(story, {
    name: 'story',
    title: 'A story',
    frontEnd,
    signal: options.signal ?? new AbortController().signal,
    ...(options.afterChange ? { afterChange: options.afterChange } : {}),
  });
  return {
    outcome,
    events: frontEnd.events,
    told: frontEnd.events.map(inShort),
    view: viewOf(frontEnd.events),
  };
}

/** The view that a front end comes to; its clock goes forward by one with each event. */
export function viewOf(events: readonly FlowEvent[]): View {
  return events.reduce((view, event, index) => reduce(view, event, index), emptyView);
}

function inShort(event: FlowEvent): string {
  switch (event.type) {
    case 'asked':
      return `asked ${event.question.id}`;
    case 'noted':
      return `noted ${event.text}`;
    case 'check':
      return `check ${event.check.id}`;
    case 'finished':
      return event.outcome;
    case 'started':
    case 'kept':
    case 'badge':
    case 'timeline':
      return event.type;
    default:
      return `${event.type} ${event.id}`;
  }
}

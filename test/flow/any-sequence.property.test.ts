/** Any sequence of answer, back, cancel and failing step leaves the same state as the straight path, or nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FlowEvent,
  type FrontEnd,
  play,
  type Question,
  type RawAnswer,
  type Reply,
  type View,
} from '../../source/flow/flow.ts';
import type { Outcome } from '../../source/flow/front-end.ts';
import { viewOf } from './support/front-end.ts';
import { type Part, randomStory } from './support/story-parts.ts';
import { canary, ModelWorld, rawAnswers, tell } from './support/told-story.ts';

/** What a person does at a question: gives one of its four answers, goes back, cancels, presses Ctrl+C. */
type Move = 0 | 1 | 2 | 3 | 'back' | 'cancel' | 'abort';

const moves = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Move>(0, 1, 2, 3) },
    { weight: 6, arbitrary: fc.constant<Move>('back') },
    { weight: 1, arbitrary: fc.constantFrom<Move>('cancel', 'abort') },
  ),
  { maxLength: 40, size: 'max' },
);

interface Given {
  readonly id: string;
  readonly raw: RawAnswer;
}

interface Played {
  readonly outcome: Outcome<readonly string[]>;
  readonly events: readonly FlowEvent[];
  readonly world: ModelWorld;
  /** The answers that still stood at the end. */
  readonly stood: readonly Given[];
  /** How the person ended it, if that is how it ended. */
  readonly gaveUp: 'cancel' | 'abort' | undefined;
  /** Whether Ctrl+C was pressed, at a question or during an act. */
  readonly wasInterrupted: boolean;
}

/** Plays a story to its end; after the last move the person takes the first answer each time, or gives up. */
async function playStory(
  story: readonly Part[],
  next: (question: Question, at: number) => Move | RawReply,
): Promise<Played> {
  const controller = new AbortController();
  const world = new ModelWorld();
  const events: FlowEvent[] = [];
  let stood: Given[] = [];
  let given: RawAnswer = '';
  let gaveUp: Played['gaveUp'];
  let at = 0;
  const frontEnd: FrontEnd = {
    show: event => {
      events.push(event);
      if (event.type === 'answered') stood.push({ id: event.id, raw: given });
      if (event.type === 'rewound')
        stood = stood.slice(
          0,
          stood.findLastIndex(({ id }) => id === event.id),
        );
    },
    answer: async (question): Promise<Reply> => {
      const move = next(question, at++);
      if (move === 'back') return { type: 'back' };
      if (move === 'cancel' || move === 'abort') {
        gaveUp = move;
        if (move === 'cancel') return { type: 'cancel' };
        controller.abort();
        return new Promise(() => {});
      }
      given = typeof move === 'number' ? (rawAnswers(question)[move] ?? '') : move.raw;
      return { type: 'answer', raw: given };
    },
  };
  const outcome = await play(() => tell(story, world, () => controller.abort()), {
    name: 'random',
    title: 'A random story',
    frontEnd,
    signal: controller.signal,
  });
  return { outcome, events, world, stood, gaveUp, wasInterrupted: controller.signal.aborted };
}

interface RawReply {
  readonly raw: RawAnswer;
}

const wander = (story: readonly Part[], way: readonly Move[]) => playStory(story, (_, at) => way[at] ?? 0);

/** The same answers without any detour, and the same end. */
const straight = (story: readonly Part[], { stood, gaveUp }: Played) =>
  playStory(story, (question, at) => {
    const answer = stood[at];
    if (answer) return { raw: answer.raw };
    if (gaveUp) return gaveUp;
    throw new Error(`the straight path asked ${question.id}, the way there did not`);
  });

/** Changes of the world in the order the events tell them, since the latest `keep` apart. */
function changesIn(events: readonly FlowEvent[]): { readonly kept: string[]; readonly open: string[] } {
  let kept: string[] = [];
  let open: string[] = [];
  for (const event of events) {
    if (event.type === 'kept') [kept, open] = [[...kept, ...open], []];
    // Only what changes the world has a summary in these stories.
    if (event.type === 'step-done' && event.summary !== undefined) open.push(event.summary);
  }
  return { kept, open };
}

function withoutTimes({ lines, ...view }: View) {
  return {
    ...view,
    lines: lines.map(line => (line.kind === 'step' ? { ...line, startedAt: 0, endedAt: 0 } : line)),
  };
}

const check = (property: (story: readonly Part[], way: readonly Move[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(randomStory, moves, property), { numRuns: 1000 });

describe('whatever a person does in whatever wizard', () => {
  it('the end is that of the straight path with the answers that stood', () =>
    check(async (story, way) => {
      const played = await wander(story, way);
      const direct = await straight(story, played);
      expect(direct.events.filter(({ type }) => type === 'rewound')).toEqual([]);
      expect(direct.outcome).toEqual(played.outcome);
      expect(direct.world.done).toEqual(played.world.done);
      expect(withoutTimes(viewOf(direct.events))).toEqual(withoutTimes(viewOf(played.events)));
    }));

  it('a wizard that does not finish leaves what it kept, and nothing else', () =>
    check(async (story, way) => {
      const { outcome, events, world } = await wander(story, way);
      const { kept, open } = changesIn(events);
      expect(world.done).toEqual(outcome.type === 'finished' ? [...kept, ...open] : kept);
    }));

  it('every change is taken back once, the latest first, and only when it fails or is cancelled', () =>
    check(async (story, way) => {
      const { outcome, events, world } = await wander(story, way);
      const { open } = changesIn(events);
      expect(world.undone).toEqual(outcome.type === 'finished' ? [] : open.toReversed());
      expect(events.filter(({ type }) => type === 'undo-failed')).toEqual([]);
    }));

  it('back never crosses a change of the world or a keep, and is offered wherever it leads somewhere', () =>
    check(async (story, way) => {
      const { events } = await wander(story, way);
      let canGoBack = false;
      const trail: boolean[] = [];
      for (const event of events) {
        if (event.type === 'asked') expect(event.canGoBack).toBe(canGoBack);
        if (event.type === 'answered') {
          trail.push(canGoBack);
          canGoBack = true;
        }
        if (event.type === 'kept' || (event.type === 'step-done' && event.summary !== undefined)) {
          canGoBack = false;
          trail.length = 0;
        }
        if (event.type === 'rewound') {
          expect(canGoBack).toBe(true);
          canGoBack = trail.pop() ?? false;
        }
      }
    }));

  it('no event holds a secret', () =>
    check(async (story, way) => {
      const { events } = await wander(story, way);
      expect(JSON.stringify(events)).not.toContain(canary);
    }));

  it('it is cancelled if it was interrupted, and the last event is the only one that says how it ended', () =>
    check(async (story, way) => {
      const { outcome, events, gaveUp, wasInterrupted } = await wander(story, way);
      expect(outcome.type === 'cancelled').toBe(wasInterrupted || gaveUp !== undefined);
      expect(events.filter(({ type }) => type === 'finished')).toEqual([events.at(-1)]);
      expect(events.at(-1)).toMatchObject({ outcome: outcome.type });
    }));
});

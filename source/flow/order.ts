import type { Tone } from './event.ts';
import type { AnswerTo, Question } from './question.ts';
import type { Timeline } from './timeline.ts';

/** What a running step may use. */
export interface StepContext {
  /** Aborted when the person cancels; a step ends soon after and leaves nothing half-done. */
  readonly signal: AbortSignal;
  /** Says in a few words what is going on; only the latest is shown. */
  readonly progress: (text: string) => void;
}

/** One act. It either happens whole or throws and leaves the world as it was. */
export interface Step<T> {
  readonly id: string;
  readonly title: string;
  readonly run: (context: StepContext) => Promise<T> | T;
  /** Takes the act back; called in reverse order when the flow fails or is cancelled. */
  readonly undo?: (outcome: T) => Promise<void> | void;
  /** Looks and changes nothing: going back may cross it. Default false. */
  readonly readOnly?: boolean;
  /** Not worth a line unless it fails. Default false. */
  readonly isQuiet?: boolean;
  /** The checks whose measurement this step changes. */
  readonly touches?: readonly string[];
  /** What came of it, in a few words, shown beside the title. */
  readonly summary?: (outcome: T) => string;
}

/** Where and what the conversation is about, for the header. */
export interface Badge {
  readonly profile?: string;
  readonly environment?: string;
  readonly region?: string;
  readonly store?: string;
  readonly practice?: boolean;
}

/** What a flow orders from its runner. */
export type Order =
  | { readonly type: 'ask'; readonly question: Question }
  | { readonly type: 'step'; readonly step: Step<unknown> }
  | { readonly type: 'note'; readonly tone: Tone; readonly text: string }
  | { readonly type: 'badge'; readonly badge: Badge }
  | { readonly type: 'timeline'; readonly timeline: Timeline }
  | { readonly type: 'keep' };

/** A wizard; `T` is what it comes to. */
export type Flow<T> = Generator<Order, T, unknown>;

/** Asks, and is resumed with the answer. */
export function* ask<const Q extends Question>(question: Q): Flow<AnswerTo<Q>> {
  // The runner resumes an `ask` with what `interpret` made of this very question.
  return (yield { type: 'ask', question }) as AnswerTo<Q>;
}

/** Performs a step, and is resumed with its outcome, or with what it threw. */
export function* step<T>(act: Step<T>): Flow<T> {
  // The runner resumes a `step` with the outcome of this very act, and undoes it with the same.
  return (yield { type: 'step', step: act as Step<unknown> }) as T;
}

/** Says something. */
export function* note(textOfNote: string, tone: Tone = 'info'): Flow<void> {
  yield { type: 'note', tone, text: textOfNote };
}

/** Says what the conversation is now about. */
export function* badge(about: Badge): Flow<void> {
  yield { type: 'badge', badge: about };
}

/** Says how far something long is. */
export function* timeline(about: Timeline): Flow<void> {
  yield { type: 'timeline', timeline: about };
}

/** What was done so far stays, whatever comes: no undo and no way back beyond this point. */
export function* keep(): Flow<void> {
  yield { type: 'keep' };
}

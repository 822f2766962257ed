import type { FlowEvent, Told } from './event.ts';
import type { Question, RawAnswer } from './question.ts';

/** What a front end says to a question. `stuck`: nobody is there to answer, and why. */
export type Reply =
  | { readonly type: 'answer'; readonly raw: RawAnswer }
  | { readonly type: 'back' }
  | { readonly type: 'cancel' }
  | { readonly type: 'stuck'; readonly error: Error };

/** Shows the event stream and answers questions. */
export interface FrontEnd {
  readonly show: (event: FlowEvent) => void;
  /** Resolves with the reply; `signal` aborts when the answer is no longer wanted. */
  readonly answer: (question: Question, signal: AbortSignal) => Promise<Reply>;
}

export type Outcome<T> =
  | { readonly type: 'finished'; readonly value: T }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly error: Error };

export interface PlayOptions {
  readonly name: string;
  readonly title: string;
  readonly frontEnd: FrontEnd;
  /** Cancels the flow: Ctrl+C, SIGTERM. */
  readonly signal: AbortSignal;
  /** Told of the checks that a step which was done touches; awaited before the flow goes on. */
  readonly afterChange?: (touched: readonly string[]) => Promise<void>;
  /** What is told at the end, however it ends. */
  readonly tell?: () => Told | undefined;
}

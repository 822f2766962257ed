import type { Badge } from './order.ts';
import type { Question, RawAnswer } from './question.ts';
import type { Timeline } from './timeline.ts';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

/** A line of the checklist as front ends show it. */
export interface CheckLine {
  readonly id: string;
  readonly title: string;
  readonly state: 'pass' | 'warn' | 'fail' | 'unknown' | 'skip' | 'measuring';
  readonly evidence: string;
  readonly fix?: string;
}

/** Everything that happens while a flow is played, in order. Never holds a secret. */
export type FlowEvent =
  | { readonly type: 'started'; readonly flow: string; readonly title: string }
  | {
      readonly type: 'asked';
      readonly question: Question;
      readonly canGoBack: boolean;
      /** What was answered before the person came back to it; never a secret. */
      readonly previous?: RawAnswer;
    }
  | { readonly type: 'refused'; readonly id: string; readonly problem: string }
  | { readonly type: 'answered'; readonly id: string; readonly message: string; readonly shown: string }
  | { readonly type: 'rewound'; readonly id: string }
  | { readonly type: 'noted'; readonly tone: Tone; readonly text: string }
  | { readonly type: 'badge'; readonly badge: Badge }
  | { readonly type: 'timeline'; readonly timeline: Timeline }
  | { readonly type: 'step-started'; readonly id: string; readonly title: string }
  | { readonly type: 'step-progress'; readonly id: string; readonly text: string }
  | { readonly type: 'step-done'; readonly id: string; readonly summary?: string }
  | { readonly type: 'step-failed'; readonly id: string; readonly error: Error }
  | { readonly type: 'step-undone'; readonly id: string }
  | { readonly type: 'undo-failed'; readonly id: string; readonly error: Error }
  | { readonly type: 'kept' }
  | { readonly type: 'check'; readonly check: CheckLine }
  | {
      readonly type: 'finished';
      readonly outcome: 'finished' | 'cancelled';
      /** What it came to, for those who read the events. */
      readonly told?: Told;
    }
  | {
      readonly type: 'finished';
      readonly outcome: 'failed';
      readonly error: Error;
      readonly told?: Told;
    };

/** What a flow tells at its end, as JSON; never a secret. */
export type Told = Readonly<Record<string, unknown>>;

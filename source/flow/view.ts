import type { CheckLine, FlowEvent, Tone } from './event.ts';
import type { Badge } from './order.ts';
import type { Question, RawAnswer } from './question.ts';
import type { Timeline } from './timeline.ts';

/** One line of the conversation so far. */
export type Line =
  | { readonly kind: 'answer'; readonly id: string; readonly message: string; readonly shown: string }
  | { readonly kind: 'note'; readonly tone: Tone; readonly text: string }
  | { readonly kind: 'badge'; readonly badge: Badge }
  | {
      readonly kind: 'step';
      readonly id: string;
      readonly title: string;
      readonly state: 'running' | 'done' | 'failed' | 'undone';
      /** Milliseconds on the clock of whoever reduces. */
      readonly startedAt: number;
      readonly endedAt?: number;
      /** The latest progress while it runs, the summary when done, the reason when failed. */
      readonly detail?: string;
    };

export interface OpenQuestion {
  readonly question: Question;
  readonly canGoBack: boolean;
  readonly previous?: RawAnswer;
  readonly problem?: string;
}

/** Everything a front end needs to draw a flow at one moment. */
export interface View {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly question?: OpenQuestion;
  readonly timeline?: Timeline;
  readonly checks: readonly CheckLine[];
  readonly end?: { readonly outcome: 'finished' | 'cancelled' | 'failed'; readonly error?: Error };
}

export const emptyView: View = { title: '', lines: [], checks: [] };

/** The header's badge: the latest one that was not gone back over. */
export function currentBadge(view: View): Badge {
  return Object.assign({}, ...view.lines.map(line => (line.kind === 'badge' ? line.badge : {})));
}

/** The view after an event. `now` is in milliseconds, on any clock that goes forward. Pure. */
export function reduce(view: View, event: FlowEvent, now: number): View {
  switch (event.type) {
    case 'started':
      return { ...view, title: event.title };
    case 'asked': {
      const { question, canGoBack, previous } = event;
      const problem = view.question?.question.id === question.id ? view.question.problem : undefined;
      return {
        ...view,
        question: {
          question,
          canGoBack,
          ...(previous === undefined ? {} : { previous }),
          ...(problem === undefined ? {} : { problem }),
        },
      };
    }
    case 'refused':
      return view.question ? { ...view, question: { ...view.question, problem: event.problem } } : view;
    case 'answered': {
      const { id, message, shown } = event;
      return append(withoutQuestion(view), { kind: 'answer', id, message, shown });
    }
    case 'rewound': {
      const from = view.lines.findLastIndex(line => line.kind === 'answer' && line.id === event.id);
      return { ...withoutQuestion(view), lines: view.lines.slice(0, from) };
    }
    case 'noted':
      return append(view, { kind: 'note', tone: event.tone, text: event.text });
    case 'badge':
      return append(view, { kind: 'badge', badge: event.badge });
    case 'timeline':
      return { ...view, timeline: event.timeline };
    case 'step-started':
      return append(view, {
        kind: 'step',
        id: event.id,
        title: event.title,
        state: 'running',
        startedAt: now,
      });
    case 'step-progress':
      return updateStep(view, event.id, { detail: event.text });
    case 'step-done':
      return updateStep(view, event.id, { state: 'done', endedAt: now, detail: event.summary ?? '' });
    case 'step-failed':
      return updateStep(view, event.id, { state: 'failed', endedAt: now, detail: event.error.message });
    case 'step-undone':
      return updateStep(view, event.id, { state: 'undone', endedAt: now, detail: '' });
    case 'undo-failed':
      return updateStep(view, event.id, { detail: `could not be taken back: ${event.error.message}` });
    case 'kept':
      return view;
    case 'check':
      return { ...view, checks: withCheck(view.checks, event.check) };
    case 'finished': {
      const error = event.outcome === 'failed' ? { error: event.error } : {};
      return { ...withoutQuestion(view), end: { outcome: event.outcome, ...error } };
    }
  }
}

type StepLine = Extract<Line, { kind: 'step' }>;

function append(view: View, line: Line): View {
  return { ...view, lines: [...view.lines, line] };
}

function withoutQuestion(view: View): View {
  const { question: _, ...rest } = view;
  return rest;
}

/** Changes the latest step of that id: a step that was tried again has a line for each time. */
function updateStep(view: View, id: string, change: Partial<StepLine>): View {
  const index = view.lines.findLastIndex(line => line.kind === 'step' && line.id === id);
  return {
    ...view,
    lines: view.lines.map((line, at) =>
      at === index && line.kind === 'step' ? { ...line, ...change } : line,
    ),
  };
}

function withCheck(checks: readonly CheckLine[], changed: CheckLine): readonly CheckLine[] {
  const known = checks.some(check => check.id === changed.id);
  return known ? checks.map(check => (check.id === changed.id ? changed : check)) : [...checks, changed];
}

import type { FlowEvent } from './event.ts';
import type { Flow, Order, Step } from './flow.ts';
import { interpret } from './interpret.ts';
import { Journal, type StepResult } from './journal.ts';
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
  /** Told of the checks that a step which was done or undone touches; awaited before the flow goes on. */
  readonly afterChange?: (touched: readonly string[]) => Promise<void>;
}

/** Ends a play from within: not an error of the flow. */
class Cancelled extends Error {}

/**
 * Plays a flow to its end: asks through the front end, performs steps, keeps the journal, goes back by
 * replaying it, and takes everything since the last `keep` back when the flow fails or is cancelled.
 * Never throws; whatever happened is the outcome.
 */
export async function play<T>(story: () => Flow<T>, options: PlayOptions): Promise<Outcome<T>> {
  const { frontEnd, signal } = options;
  const journal = new Journal();
  frontEnd.show({ type: 'started', flow: options.name, title: options.title });
  try {
    const value = await follow(story, journal, options);
    frontEnd.show({ type: 'finished', outcome: 'finished' });
    return { type: 'finished', value };
  } catch (thrown) {
    const error = asError(thrown);
    await takeBack(journal, options);
    if (error instanceof Cancelled || signal.aborted) {
      frontEnd.show({ type: 'finished', outcome: 'cancelled' });
      return { type: 'cancelled' };
    }
    frontEnd.show({ type: 'finished', outcome: 'failed', error });
    return { type: 'failed', error };
  }
}

async function follow<T>(story: () => Flow<T>, journal: Journal, options: PlayOptions): Promise<T> {
  let flow = story();
  let turn = flow.next();
  while (!turn.done) {
    const order: Order = turn.value;
    const resumption = await carryOut(order, journal, options);
    if (resumption === 'rewind') {
      journal.restart();
      flow = story();
      turn = flow.next();
    } else {
      turn = 'thrown' in resumption ? flow.throw(resumption.thrown) : flow.next(resumption.value);
    }
  }
  return turn.value;
}

async function carryOut(
  order: Order,
  journal: Journal,
  options: PlayOptions,
): Promise<StepResult | 'rewind'> {
  const { show } = options.frontEnd;
  const recorded = journal.replay(order);
  if (recorded)
    return recorded.type === 'step'
      ? recorded.result
      : { value: 'answer' in recorded ? recorded.answer : undefined };
  if (options.signal.aborted) throw new Cancelled();
  switch (order.type) {
    case 'ask':
      return askPerson(order.question, journal, options);
    case 'step':
      return perform(order.step, journal, options);
    case 'note':
      show({ type: 'noted', tone: order.tone, text: order.text });
      break;
    case 'badge':
      show({ type: 'badge', badge: order.badge });
      break;
    case 'keep':
      show({ type: 'kept' });
      break;
  }
  journal.add({ type: order.type });
  return { value: undefined };
}

async function askPerson(
  question: Question,
  journal: Journal,
  options: PlayOptions,
): Promise<StepResult | 'rewind'> {
  const { frontEnd, signal } = options;
  const previous = journal.typedBefore(question.id);
  for (;;) {
    const back = journal.lastOpenQuestion;
    frontEnd.show({
      type: 'asked',
      question,
      canGoBack: back !== undefined,
      ...(previous === undefined ? {} : { previous }),
    });
    const reply = await unlessAborted(frontEnd.answer(question, signal), signal);
    if (reply.type === 'cancel') throw new Cancelled();
    if (reply.type === 'stuck') throw reply.error;
    if (reply.type === 'back') {
      if (!back) continue;
      journal.forgetLastAnswer();
      frontEnd.show({ type: 'rewound', id: back.id });
      return 'rewind';
    }
    const understood = interpret(question, reply.raw);
    if ('problem' in understood) {
      frontEnd.show({ type: 'refused', id: question.id, problem: understood.problem });
      continue;
    }
    const { answer, shown } = understood;
    journal.add({
      type: 'answer',
      id: question.id,
      answer,
      ...(question.kind === 'secret' ? {} : { raw: reply.raw }),
    });
    frontEnd.show({ type: 'answered', id: question.id, message: question.message, shown });
    return { value: answer };
  }
}

async function perform(act: Step<unknown>, journal: Journal, options: PlayOptions): Promise<StepResult> {
  const { show } = options.frontEnd;
  const started = { type: 'step-started', id: act.id, title: act.title } as const;
  if (!act.isQuiet) show(started);
  const result = await attempt(act, options);
  journal.add({ type: 'step', step: act, result });
  if ('thrown' in result) {
    if (act.isQuiet) show(started);
    show({ type: 'step-failed', id: act.id, error: result.thrown });
  } else if (!act.isQuiet) {
    const summary = act.summary?.(result.value);
    show({ type: 'step-done', id: act.id, ...(summary === undefined ? {} : { summary }) });
  }
  if ('value' in result && act.touches) await options.afterChange?.(act.touches);
  // An act that ended while the person cancelled is in the journal now, and is taken back with the rest.
  if (options.signal.aborted) throw new Cancelled();
  return result;
}

async function attempt(act: Step<unknown>, options: PlayOptions): Promise<StepResult> {
  const progress = (text: string) => options.frontEnd.show({ type: 'step-progress', id: act.id, text });
  try {
    return { value: await act.run({ signal: options.signal, progress }) };
  } catch (thrown) {
    return { thrown: asError(thrown) };
  }
}

async function takeBack(journal: Journal, options: PlayOptions): Promise<void> {
  for (const { step, value } of journal.undoable) {
    if (!step.undo) continue;
    try {
      await step.undo(value);
      options.frontEnd.show({ type: 'step-undone', id: step.id });
    } catch (thrown) {
      options.frontEnd.show({ type: 'undo-failed', id: step.id, error: asError(thrown) });
    }
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const cancel = () => reject(new Cancelled());
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', cancel));
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

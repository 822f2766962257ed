import type { Told } from './event.ts';
import type { Outcome, PlayOptions } from './front-end.ts';
import { interpret } from './interpret.ts';
import { Journal, type StepResult } from './journal.ts';
import type { Flow, Order } from './order.ts';
import { asError, Cancelled, perform, takeBack } from './perform.ts';
import type { Question } from './question.ts';

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
    frontEnd.show({ type: 'finished', outcome: 'finished', ...told(options) });
    return { type: 'finished', value };
  } catch (thrown) {
    const error = asError(thrown);
    await takeBack(journal, options);
    if (error instanceof Cancelled || signal.aborted) {
      frontEnd.show({ type: 'finished', outcome: 'cancelled', ...told(options) });
      return { type: 'cancelled' };
    }
    frontEnd.show({ type: 'finished', outcome: 'failed', error, ...told(options) });
    return { type: 'failed', error };
  }
}

function told({ tell }: PlayOptions): { readonly told?: Told } {
  const what = tell?.();
  return what ? { told: what } : {};
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
  journal.assertCaughtUp();
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
    case 'timeline':
      show({ type: 'timeline', timeline: order.timeline });
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
    if (reply.type === 'cancel' || signal.aborted) throw new Cancelled();
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

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const cancel = () => reject(new Cancelled());
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', cancel));
}

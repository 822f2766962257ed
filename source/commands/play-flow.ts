import { CastkeysError } from '../errors.ts';
import { type Flow, type FlowEvent, type FrontEnd, play, type Told } from '../flow/flow.ts';
import { type Circumstances, chooseFrontEnd } from '../frontends/choose.ts';
import { colourLevel, withColour } from '../frontends/colour.ts';
import type { Call } from './command.ts';

export interface FlowToPlay<T> {
  readonly name: string;
  readonly title: string;
  readonly story: () => Flow<T>;
  /** The ids an answers file may hold. */
  readonly questions: readonly string[];
  /** Nothing is left to ask: no terminal is needed, and no full screen shown. */
  readonly isAnswered?: boolean;
  /** Somebody may watch, and has agreed to everything: confirmations are yes, and what has a usual answer takes it. */
  readonly isAgreedTo?: boolean;
  /** Opens the front end, where it isn't the call that decides. */
  readonly open?: () => Promise<OpenFrontEnd>;
  /** Told of each change to the profile the flow is about. */
  readonly afterChange?: (profile: string, touched: readonly string[]) => Promise<void>;
  /** What the last event tells, however the flow ends. */
  readonly tell?: () => Told | undefined;
  /** Told when the flow turns to another profile. */
  readonly onProfile?: () => void;
  /** Handed the event stream before the flow begins, for what is measured beside it. */
  readonly onOpen?: (show: (event: FlowEvent) => void) => void;
}

/**
 * Plays a flow in the front end that suits the call, chosen once.
 * @returns what the flow came to.
 * @throws what it failed with; `cancelled` when the person cancelled.
 */
export async function playFlow<T>(call: Call, flow: FlowToPlay<T>): Promise<T> {
  const { frontEnd, close } = await (flow.open?.() ?? openFrontEnd(call, flow));
  let profile: string | undefined;
  const show = (event: FlowEvent) => {
    frontEnd.show(event);
    if (event.type !== 'badge' || event.badge.profile === profile) return;
    if (profile !== undefined) flow.onProfile?.();
    profile = event.badge.profile;
  };
  flow.onOpen?.(show);
  const outcome = await play(flow.story, {
    name: flow.name,
    title: flow.title,
    frontEnd: { show, answer: flow.isAgreedTo ? agreeing(frontEnd.answer) : frontEnd.answer },
    signal: call.signal,
    ...(flow.tell ? { tell: flow.tell } : {}),
    afterChange: async touched => {
      if (profile !== undefined) await flow.afterChange?.(profile, touched);
    },
  }).finally(close);
  if (outcome.type === 'finished') return outcome.value;
  if (outcome.type === 'failed') throw outcome.error;
  throw new CastkeysError(
    'cancelled',
    'Cancelled. What was begun was taken back.',
    'the same command starts again',
  );
}

/** Answers what nobody has to be asked, and leaves the rest to the person. */
const agreeing =
  (ask: FrontEnd['answer']): FrontEnd['answer'] =>
  async (question, signal) => {
    if (question.kind === 'confirm') return { type: 'answer', raw: true };
    if (question.kind === 'select' && question.fallback !== undefined)
      return { type: 'answer', raw: question.fallback };
    return ask(question, signal);
  };

export interface OpenFrontEnd {
  readonly frontEnd: FrontEnd;
  readonly close: () => Promise<void>;
}

async function openFrontEnd(
  call: Call,
  flow: Pick<FlowToPlay<unknown>, 'questions' | 'isAnswered'>,
): Promise<OpenFrontEnd> {
  if (call.host) return call.host.open();
  if (flow.isAnswered) return openScripted(call, flow.questions);
  const choice = chooseFrontEnd(circumstancesOf(call));
  switch (choice.kind) {
    case 'scripted':
      return openScripted(call, flow.questions);
    case 'ink':
      return openTui(call);
    case 'linear':
      return openLines(call, choice.why);
    case 'none':
      throw new CastkeysError(
        'usage',
        `Nobody can be asked here: ${choice.why}. Nothing was changed.`,
        choice.hint,
      );
  }
}

/** What the choice of a front end for a call rests on. */
export function circumstancesOf({ streams, flags, env }: Call): Circumstances {
  return {
    answers: flags.text('answers') !== undefined,
    json: flags.has('json'),
    plain: flags.has('plain'),
    stdinIsTty: Boolean(streams.stdin.isTTY),
    stderrIsTty: Boolean(streams.stderr.isTTY),
    columns: streams.stderr.columns,
    rows: streams.stderr.rows,
    term: env['TERM'],
    ci: env['CI'],
    screenReader: env['INK_SCREEN_READER'],
  };
}

async function openScripted(
  { flags, streams, env }: Call,
  questions: readonly string[],
): Promise<OpenFrontEnd> {
  const { readAnswers, scripted } = await import('../frontends/scripted/scripted.ts');
  const source = flags.text('answers');
  const answers = source === undefined ? {} : await readAnswers(source, streams.stdin, questions);
  const json = flags.has('json');
  const out = json ? streams.stdout : streams.stderr;
  return {
    frontEnd: scripted({ answers, env, json, yes: flags.has('yes'), print: line => out.write(`${line}\n`) }),
    close: async () => {},
  };
}

async function openTui({ streams, env, interrupt }: Call): Promise<OpenFrontEnd> {
  const { openInk } = await withColour(
    colourLevel({ env, stream: streams.stderr }),
    () => import('../frontends/ink/ink.tsx'),
  );
  const session = openInk({ stdin: streams.stdin, stdout: streams.stderr, env, onCancel: interrupt });
  return { frontEnd: session, close: () => session.close() };
}

async function openLines({ streams, env, interrupt }: Call, why: string | undefined): Promise<OpenFrontEnd> {
  const { openLinear } = await import('../frontends/linear/linear.ts');
  const { stdin, stderr } = streams;
  const session = openLinear({ stdin, output: stderr, env, onCancel: interrupt, ...(why ? { why } : {}) });
  return { frontEnd: session, close: () => session.close() };
}

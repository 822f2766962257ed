import { setTimeout as delay } from 'node:timers/promises';
import type { FrontEnd, Question, RawAnswer } from '../../flow/flow.ts';
import { colourLevel, withColour } from '../../frontends/colour.ts';
import type { Call } from '../command.ts';
import type { OpenFrontEnd } from '../play-flow.ts';

/** What the person in the story answers; an empty one takes what is offered. */
const script: Readonly<Record<string, RawAnswer>> = {
  environments: ['development'],
  'profile.region': 'practice',
  'key.reader': '',
};

/** How long a reader gets before each answer, in ms. */
const readingTime = 1200;

/** Where the story is played: on the full screen for somebody who watches, else as lines. */
export async function openStage(call: Call): Promise<OpenFrontEnd> {
  const { stdin, stderr } = call.streams;
  return stdin.isTTY && stderr.isTTY && !call.flags.has('plain') ? openScreen(call) : openLines(call);
}

async function openLines({ env, streams, flags }: Call): Promise<OpenFrontEnd> {
  const { scripted } = await import('../../frontends/scripted/scripted.ts');
  const json = flags.has('json');
  const out = json ? streams.stdout : streams.stderr;
  const ready = scripted({ answers: script, env, json, yes: false, print: line => out.write(`${line}\n`) });
  // An empty answer to a secret takes the practice key, which an answers file can't say.
  const answer: FrontEnd['answer'] = (question, signal) =>
    question.kind === 'secret'
      ? Promise.resolve({ type: 'answer', raw: '' })
      : ready.answer(question, signal);
  return { frontEnd: { show: ready.show, answer }, close: async () => {} };
}

async function openScreen({ env, streams, interrupt }: Call): Promise<OpenFrontEnd> {
  const level = colourLevel({ env, stream: streams.stderr });
  const { openInk } = await withColour(level, () => import('../../frontends/ink/ink.tsx'));
  const screen = openInk({ stdin: streams.stdin, stdout: streams.stderr, env, onCancel: interrupt });
  const answer = async (question: Question, signal: AbortSignal) => {
    const reply = screen.answer(question, signal);
    await delay(readingTime, undefined, { signal }).catch(() => {});
    screen.demonstrate(script[question.id] ?? script[question.sharedId ?? ''] ?? '');
    return reply;
  };
  return { frontEnd: { show: screen.show, answer }, close: () => screen.close() };
}

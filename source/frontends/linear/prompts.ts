import { input, rawlist } from '@inquirer/prompts';
import type { Question, RawAnswer } from '../../flow/flow.ts';
import type { Look } from './paint.ts';
import { labelFor, offerWords } from './question-words.ts';
import type { Appearance } from './transcript.ts';
import { type Understood, understand } from './understand.ts';

/** A question as it is put to a person: what Enter alone stands for, and the word before it, if any. */
export interface Asking {
  readonly question: Question;
  readonly offered: RawAnswer | undefined;
  readonly canGoBack: boolean;
  readonly stakes: { readonly word: string; readonly look: Look } | undefined;
  readonly appearance: Appearance;
}

/** What @inquirer needs beside its configuration. */
export interface PromptContext {
  readonly input?: NodeJS.ReadableStream;
  readonly output?: NodeJS.WritableStream;
  readonly signal?: AbortSignal;
}

/**
 * Asks with the prompts of @inquirer: a list whose number is typed or moved to, or one line that can be edited.
 * Rejects when the signal aborts.
 */
export async function prompt(asking: Asking, context: PromptContext = {}): Promise<Understood> {
  return asking.question.kind === 'select'
    ? promptList(asking, asking.question.choices, context)
    : promptLine(asking, context);
}

function promptList(
  asking: Asking,
  choices: Extract<Question, { kind: 'select' }>['choices'],
  context: PromptContext,
): Promise<Understood> {
  const { say } = asking.appearance.signs;
  const numbered = choices.map(({ value, title, hint }) => ({
    value: { type: 'answer', raw: value } satisfies Understood as Understood,
    name: say(hint === undefined ? title : `${title}: ${hint}`),
    short: say(title),
  }));
  const back = { key: '<', value: { type: 'back' } as Understood, name: 'back', short: 'back' };
  const offered = numbered[choices.findIndex(({ value }) => value === asking.offered)];
  return rawlist(
    {
      message: labelFor(asking.question),
      choices: asking.canGoBack ? [...numbered, back] : numbered,
      ...(offered ? { default: offered.value } : {}),
      theme: themeFor(asking),
    },
    context,
  );
}

async function promptLine(asking: Asking, context: PromptContext): Promise<Understood> {
  const { question, offered } = asking;
  const offer = offerWords(question, offered);
  const understood = (line: string) => understand(question, line, offered);
  const line = await input(
    {
      message: labelFor(question),
      ...(offer === undefined ? {} : { default: offer }),
      validate: typed => {
        const result = understood(typed);
        return 'problem' in result ? result.problem : true;
      },
      theme: themeFor(asking),
    },
    context,
  );
  return understood(line);
}

/** @inquirer's own looks follow standard output, where the results go. */
function themeFor({ stakes, appearance: { signs, paint } }: Asking) {
  const word = stakes === undefined ? '' : `${paint(stakes.look, stakes.word)} `;
  return {
    prefix: { idle: `${word}${paint('chosen', signs.answered)}`, done: paint('quiet', signs.answered) },
    style: {
      message: (text: string, status: string) => (status === 'done' ? 'Answer:' : `${text}:`),
      answer: (text: string) => text,
      defaultAnswer: (text: string) => paint('quiet', `(${signs.say(text)})`),
      highlight: (text: string) => paint('chosen', text),
      error: (text: string) => paint('danger', `${signs.tones.danger} ${text}`),
    },
  };
}

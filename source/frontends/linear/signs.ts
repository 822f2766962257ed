import type { CheckLine, Tone } from '../../flow/flow.ts';
import { withoutControls } from '../../printable.ts';
import { spelled } from '../locale.ts';

type CheckState = Exclude<CheckLine['state'], 'measuring'>;

/** What stands before a line and says how it is meant. */
export interface Signs {
  readonly tones: Readonly<Record<Tone, string>>;
  readonly checks: Readonly<Record<CheckState, string>>;
  readonly question: string;
  readonly answered: string;
  readonly running: string;
  readonly undone: string;
  readonly fix: string;
  readonly dot: string;
  /** Between the parts of a line. */
  readonly between: string;
  /** Text as this terminal can show it, without anything it would act on. */
  readonly say: (text: string) => string;
}

const unicode: Signs = {
  tones: { info: '•', success: '✓', warning: '▲', danger: '✗' },
  checks: { pass: '✓', warn: '▲', fail: '✗', unknown: '○', skip: '–' },
  question: '?',
  answered: '›',
  running: '…',
  undone: '↩',
  fix: '→',
  dot: '●',
  between: ' · ',
  say: withoutControls,
};

const ascii: Signs = {
  tones: { info: '*', success: '+', warning: '!', danger: 'x' },
  checks: { pass: '+', warn: '!', fail: 'x', unknown: 'o', skip: '-' },
  question: '?',
  answered: '>',
  running: '~',
  undone: '<',
  fix: '->',
  dot: '*',
  between: ' - ',
  say: text => inAscii(withoutControls(text)),
};

/** For a voice: it reads signs by their Unicode names, or not at all. */
const spoken = {
  tones: { info: 'Note:', success: 'Done:', warning: 'Warning:', danger: 'Problem:' },
  checks: { pass: 'Check:', warn: 'Check:', fail: 'Check:', unknown: 'Check:', skip: 'Check:' },
  question: 'Question:',
  answered: 'Answer:',
  running: 'Working:',
  undone: 'Taken back:',
  fix: 'What mends it:',
  dot: 'About:',
  between: ', ',
} as const;

function inAscii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, sign => spelled[sign] ?? '?');
}

/** The signs for a terminal that shows UTF-8 or not, and for somebody who sees or hears. */
export function signsFor(terminal: { readonly utf8: boolean; readonly voice: boolean }): Signs {
  const seen = terminal.utf8 ? unicode : ascii;
  return terminal.voice ? { ...seen, ...spoken } : seen;
}

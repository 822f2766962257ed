import type { Badge, MultiselectQuestion, OpenQuestion, Question, RawAnswer } from '../../flow/flow.ts';
import type { Look } from './paint.ts';
import type { Signs } from './signs.ts';
import type { Said } from './transcript.ts';

/** What Enter alone stands for: what was answered before the person came back, else the question's own fallback. */
export function offeredFor({ question, previous }: OpenQuestion): RawAnswer | undefined {
  if (question.kind === 'secret') return question.fallback && '';
  return previous ?? question.fallback;
}

/** Where an answer would take effect, where that must not be overlooked. */
export function stakesOf(badge: Badge): { readonly word: string; readonly look: Look } | undefined {
  if (badge.environment === 'production') return { word: 'PRODUCTION', look: 'production' };
  if (badge.practice) return { word: 'PRACTICE', look: 'practice' };
  return undefined;
}

/** The question with everything one needs to answer it, above the line where the answer goes. */
export function questionLines(open: OpenQuestion, signs: Signs): readonly Said[] {
  const { question, canGoBack } = open;
  const asides = [
    question.help,
    question.kind === 'text' && question.placeholder ? `For example: ${question.placeholder}` : undefined,
    question.kind === 'secret' && question.fallback
      ? `Enter alone takes ${question.fallback.label}.`
      : undefined,
    canGoBack ? 'Esc or < goes back.' : undefined,
  ].filter(aside => aside !== undefined);
  return [
    { sign: signs.question, signLook: 'chosen', text: question.message, look: 'strong' },
    ...asides.map(text => ({ text, look: 'quiet', indent: 2 }) as const),
  ];
}

/** The choices, numbered. */
export function choiceLines(question: Question): readonly Said[] {
  if (!('choices' in question)) return [];
  return question.choices.map(({ title, hint }, index) => ({
    sign: `${index + 1})`,
    text: hint === undefined ? title : `${title}: ${hint}`,
    indent: 2,
  }));
}

/** What stands before the answer. */
export function labelFor(question: Question): string {
  switch (question.kind) {
    case 'text':
      return 'Answer';
    case 'secret':
      return 'Secret (not shown)';
    case 'select':
      return 'Number';
    case 'multiselect':
      return 'Numbers, with commas';
    case 'confirm':
      return 'y or n';
  }
}

/** What Enter alone takes, as it is written where an answer is typed. */
export function offerWords(question: Question, offered: RawAnswer | undefined): string | undefined {
  if (offered === undefined || offered === '') return undefined;
  switch (question.kind) {
    case 'select':
      return String(question.choices.findIndex(({ value }) => value === offered) + 1);
    case 'multiselect':
      return typeof offered === 'object' ? numbersOf(question, offered) : undefined;
    case 'confirm':
      return offered === true ? 'y' : 'n';
    case 'text':
    case 'secret':
      return String(offered);
  }
}

function numbersOf({ choices }: MultiselectQuestion, marked: readonly string[]): string {
  const numbers = choices.flatMap(({ value }, index) => (marked.includes(value) ? [index + 1] : []));
  return numbers.join(',') || 'none';
}

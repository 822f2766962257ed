import type { Question, RawAnswer, Reply } from '../../flow/flow.ts';

export type Understood = Extract<Reply, { type: 'answer' | 'back' }> | { readonly problem: string };

/**
 * What a typed line says to a question. `offered` is what an empty one stands for. Whether the answer will do is for
 * the flow to say; only what can't be taken for any answer is a problem here. Pure.
 */
export function understand(question: Question, line: string, offered: RawAnswer | undefined): Understood {
  const typed = line.trim();
  if (typed === '<') return { type: 'back' };
  switch (question.kind) {
    case 'secret':
      return { type: 'answer', raw: line };
    case 'text':
      return { type: 'answer', raw: typed === '' && offered !== undefined ? offered : line };
    case 'select': {
      if (typed === '' && offered !== undefined) return { type: 'answer', raw: offered };
      const chosen = choiceOf(question.choices, typed);
      if (chosen !== undefined) return { type: 'answer', raw: chosen };
      if (isBack(typed)) return { type: 'back' };
      return { problem: `Type a number from 1 to ${question.choices.length}, or what is written beside it.` };
    }
    case 'multiselect': {
      if (typed === '' && offered !== undefined) return { type: 'answer', raw: offered };
      if (/^none$/i.test(typed)) return { type: 'answer', raw: [] };
      const chosen = typed.split(/[\s,;]+/).map(part => choiceOf(question.choices, part));
      if (chosen.every(value => value !== undefined)) return { type: 'answer', raw: chosen };
      if (isBack(typed)) return { type: 'back' };
      return {
        problem: `Type numbers from 1 to ${question.choices.length} with commas between them, or none.`,
      };
    }
    case 'confirm': {
      if (typed === '' && offered !== undefined) return { type: 'answer', raw: offered };
      if (/^y(es)?$/i.test(typed)) return { type: 'answer', raw: true };
      if (/^no?$/i.test(typed)) return { type: 'answer', raw: false };
      return isBack(typed) ? { type: 'back' } : { problem: 'Type y for yes or n for no.' };
    }
  }
}

/** In a text or a secret the word could be meant. */
function isBack(typed: string): boolean {
  return typed.toLowerCase() === 'back';
}

function choiceOf(
  choices: readonly { readonly value: string; readonly title: string }[],
  typed: string,
): string | undefined {
  const same = (text: string) => text.toLowerCase() === typed.toLowerCase();
  const named = choices.find(({ value, title }) => same(value) || same(title));
  const numbered = /^\d+$/.test(typed) ? choices[Number(typed) - 1] : undefined;
  return (named ?? numbered)?.value;
}

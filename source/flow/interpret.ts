import type { MultiselectQuestion, Question, RawAnswer } from './question.ts';

/** What a secret looks like in any transcript; its width says nothing of the secret. */
const maskedSecret = '••••••••';

type Interpreted = { readonly answer: unknown; readonly shown: string } | { readonly problem: string };

/**
 * Understands a raw answer, the same for every front end: empty stands for the fallback, choices must
 * be among those offered, secrets are wrapped. `shown` is safe to print.
 */
export function interpret(question: Question, raw: RawAnswer): Interpreted {
  switch (question.kind) {
    case 'text': {
      const answer = String(raw).trim() || question.fallback || '';
      const problem = question.problem?.(answer);
      return problem === undefined ? { answer, shown: answer } : { problem };
    }
    case 'secret': {
      if (raw === '' && question.fallback) {
        return { answer: question.fallback.secret, shown: question.fallback.label };
      }
      const result = question.read(String(raw));
      return 'problem' in result ? result : { answer: result.secret, shown: maskedSecret };
    }
    case 'select': {
      const chosen = question.choices.find(choice => choice.value === raw);
      if (chosen) return { answer: chosen.value, shown: chosen.title };
      return { problem: `Choose one of: ${question.choices.map(choice => choice.value).join(', ')}.` };
    }
    case 'multiselect':
      return interpretSeveral(question, raw);
    case 'confirm':
      if (typeof raw !== 'boolean') return { problem: 'Answer yes or no (true or false).' };
      return { answer: raw, shown: raw ? 'yes' : 'no' };
  }
}

/** The values in the order they were offered; a text is a list with commas, as somebody would write it by hand. */
function interpretSeveral({ choices, atLeast = 0 }: MultiselectQuestion, raw: RawAnswer): Interpreted {
  const named = typeof raw === 'string' ? raw.split(',').map(name => name.trim()) : raw;
  if (typeof named === 'boolean') return { problem: 'Answer with a list.' };
  const wanted = named.filter(name => name !== '');
  if (wanted.some(name => !choices.some(({ value }) => value === name)))
    return { problem: `Choose among: ${choices.map(choice => choice.value).join(', ')}.` };
  const chosen = choices.filter(({ value }) => wanted.includes(value));
  if (chosen.length < atLeast) return { problem: `Mark at least ${atLeast === 1 ? 'one' : atLeast}.` };
  return {
    answer: chosen.map(({ value }) => value),
    shown: chosen.map(({ title }) => title).join(', ') || 'none',
  };
}

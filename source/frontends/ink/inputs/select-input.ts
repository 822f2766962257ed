import type { RawAnswer, SelectQuestion } from '../../../flow/flow.ts';
import { actionOf, type Key, selectKeys } from '../keys.ts';

/** Which choice the pointer is at. */
export interface SelectInput {
  readonly kind: 'select';
  readonly values: readonly string[];
  readonly at: number;
}

/** The pointer starts at what was chosen before, else at the fallback, else at the first. */
export function openSelect(question: SelectQuestion, previous: RawAnswer | undefined): SelectInput {
  const { choices, fallback } = question;
  const start = [previous, fallback]
    .map(value => choices.findIndex(choice => choice.value === value))
    .find(index => index !== -1);
  return { kind: 'select', values: choices.map(choice => choice.value), at: start ?? 0 };
}

/** The input after a key: the pointer goes round at the ends, and a digit jumps. */
export function pressSelect(input: SelectInput, key: Key): SelectInput {
  const count = input.values.length;
  switch (actionOf(selectKeys, key)) {
    case 'up':
      return { ...input, at: (input.at + count - 1) % count };
    case 'down':
      return { ...input, at: (input.at + 1) % count };
    case 'first':
      return { ...input, at: 0 };
    case 'last':
      return { ...input, at: count - 1 };
    case undefined: {
      const digit = key.type === 'character' ? '123456789'.indexOf(key.text) : -1;
      return digit >= 0 && digit < count ? { ...input, at: digit } : input;
    }
  }
}

/** The part of a long list that is shown: `rows` choices at most, the pointer among them. */
export function choicesShown(
  at: number,
  count: number,
  rows: number,
): { readonly from: number; readonly to: number } {
  const shown = Math.min(count, Math.max(1, rows));
  const from = Math.min(Math.max(0, at - Math.floor(shown / 2)), count - shown);
  return { from, to: from + shown };
}

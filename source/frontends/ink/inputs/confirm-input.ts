import type { ConfirmQuestion, RawAnswer } from '../../../flow/flow.ts';
import { actionOf, confirmKeys, type Key } from '../keys.ts';

/** Which of yes and no Enter would take. */
export interface ConfirmInput {
  readonly kind: 'confirm';
  readonly yes: boolean;
}

/** The pointer starts at what was answered before, else at the fallback. */
export function openConfirm(question: ConfirmQuestion, previous: RawAnswer | undefined): ConfirmInput {
  return { kind: 'confirm', yes: typeof previous === 'boolean' ? previous : question.fallback };
}

/** The input after a key, or the answer where the key is one. */
export function pressConfirm(input: ConfirmInput, key: Key): ConfirmInput | { readonly answer: boolean } {
  switch (actionOf(confirmKeys, key)) {
    case 'yes':
      return { answer: true };
    case 'no':
      return { answer: false };
    case 'other':
      return { kind: 'confirm', yes: !input.yes };
    case undefined:
      return input;
  }
}

import type { RawAnswer, Reply, View } from '../../../flow/flow.ts';
import { actionOf, type Key, questionKeys } from '../keys.ts';
import { type ConfirmInput, openConfirm, pressConfirm } from './confirm-input.ts';
import { type MultiselectInput, openMultiselect, pressMultiselect } from './multiselect-input.ts';
import { emptySecret, pressSecret, type SecretInput, typedInto } from './secret-input.ts';
import { openSelect, pressSelect, type SelectInput } from './select-input.ts';
import { openText, pressText, type TextInput } from './text-input.ts';

export type OpenQuestion = NonNullable<View['question']>;

/** What the person has typed or pointed at so far. */
export type Input = TextInput | SecretInput | SelectInput | MultiselectInput | ConfirmInput;

/** The input after a key, and the reply if the key gave one. */
export interface Pressed {
  readonly input: Input;
  readonly reply?: Reply;
}

/** The input of a question that has just been asked. */
export function openInput({ question, previous }: OpenQuestion): Input {
  switch (question.kind) {
    case 'text':
      return openText(previous);
    case 'secret':
      return emptySecret;
    case 'select':
      return openSelect(question, previous);
    case 'multiselect':
      return openMultiselect(question, previous);
    case 'confirm':
      return openConfirm(question, previous);
  }
}

/** What a key does to the input of the open question. */
export function press(input: Input, key: Key, canGoBack: boolean): Pressed {
  switch (actionOf(questionKeys, key)) {
    case 'submit':
      return submit(input);
    case 'back':
      return canGoBack ? { input, reply: { type: 'back' } } : { input };
    case undefined:
      return edit(input, key);
  }
}

function edit(input: Input, key: Key): Pressed {
  switch (input.kind) {
    case 'text':
      return { input: pressText(input, key) };
    case 'secret':
      return { input: pressSecret(input, key) };
    case 'select':
      return { input: pressSelect(input, key) };
    case 'multiselect':
      return { input: pressMultiselect(input, key) };
    case 'confirm': {
      const pressed = pressConfirm(input, key);
      return 'answer' in pressed ? answered(pressed.answer, input) : { input: pressed };
    }
  }
}

/** A text that is refused stays to be corrected; a secret that was handed over is forgotten at once. */
function submit(input: Input): Pressed {
  switch (input.kind) {
    case 'text':
      return answered(input.before + input.after, input);
    case 'secret':
      return answered(typedInto(input), emptySecret);
    case 'select':
      return answered(input.values[input.at] ?? '', input);
    case 'multiselect':
      return answered(input.marked, input);
    case 'confirm':
      return answered(input.yes, input);
  }
}

function answered(raw: RawAnswer, input: Input): Pressed {
  return { input, reply: { type: 'answer', raw } };
}

import type { MultiselectQuestion, RawAnswer } from '../../../flow/flow.ts';
import { actionOf, type Key, multiselectKeys } from '../keys.ts';
import { pressSelect } from './select-input.ts';

/** Which choice the pointer is at, and which are marked. */
export interface MultiselectInput {
  readonly kind: 'multiselect';
  readonly values: readonly string[];
  readonly at: number;
  readonly marked: readonly string[];
}

/** Marked is what was chosen before, else the fallback; the pointer starts at the first of them. */
export function openMultiselect(
  { choices, fallback }: MultiselectQuestion,
  previous: RawAnswer | undefined,
): MultiselectInput {
  const marked = typeof previous === 'object' ? previous : fallback;
  const values = choices.map(choice => choice.value);
  const at = Math.max(
    0,
    values.findIndex(value => marked.includes(value)),
  );
  return { kind: 'multiselect', values, at, marked };
}

/** The input after a key: a digit goes to a choice and turns it over. */
export function pressMultiselect(input: MultiselectInput, key: Key): MultiselectInput {
  switch (actionOf(multiselectKeys, key)) {
    case 'mark':
      return turnedOver(input, input.at);
    case 'all':
      return { ...input, marked: input.marked.length === input.values.length ? [] : input.values };
    default: {
      const { at } = pressSelect({ ...input, kind: 'select' }, key);
      const isDigit =
        key.type === 'character' && /^[1-9]$/.test(key.text) && Number(key.text) <= input.values.length;
      return isDigit ? turnedOver({ ...input, at }, at) : { ...input, at };
    }
  }
}

function turnedOver(input: MultiselectInput, at: number): MultiselectInput {
  const value = input.values[at];
  if (value === undefined) return input;
  const others = input.marked.filter(marked => marked !== value);
  return { ...input, marked: others.length < input.marked.length ? others : [...others, value] };
}

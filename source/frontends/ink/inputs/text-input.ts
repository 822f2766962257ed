import type { RawAnswer } from '../../../flow/flow.ts';
import { withoutControls } from '../../../printable.ts';
import { actionOf, type Key, textKeys } from '../keys.ts';

/** What was typed, parted by the cursor. */
export interface TextInput {
  readonly kind: 'text';
  readonly before: string;
  readonly after: string;
}

type Action =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: (typeof textKeys)[number]['action'] };

/** No name or address is longer, and a frame has to hold it. In UTF-16 units. */
const longest = 500;

/** A text question's input as it opens: with what was typed before the person came back to it. */
export function openText(previous: RawAnswer | undefined): TextInput {
  return { kind: 'text', before: typeof previous === 'string' ? previous : '', after: '' };
}

/** The input after a key. */
export function pressText(input: TextInput, key: Key): TextInput {
  const action = actionOf(textKeys, key);
  if (action !== undefined) return reduceText(input, { type: action });
  return key.type === 'key' ? input : reduceText(input, { type: 'insert', text: key.text });
}

export function reduceText(input: TextInput, action: Action): TextInput {
  const { before, after } = input;
  const parted = (newBefore: string, newAfter: string): TextInput => ({
    kind: 'text',
    before: newBefore,
    after: newAfter,
  });
  switch (action.type) {
    case 'insert':
      return parted(before + insertable(action.text, longest - before.length - after.length), after);
    case 'left': {
      const moved = lastCharacter(before);
      return parted(before.slice(0, before.length - moved.length), moved + after);
    }
    case 'right': {
      const moved = firstCharacter(after);
      return parted(before + moved, after.slice(moved.length));
    }
    case 'start':
      return parted('', before + after);
    case 'end':
      return parted(before + after, '');
    case 'erase-before':
      return parted(before.slice(0, before.length - lastCharacter(before).length), after);
    case 'erase-after':
      return parted(before, after.slice(firstCharacter(after).length));
    case 'erase-word':
      return parted(before.replace(/\S*\s*$/u, ''), after);
    case 'erase-to-start':
      return parted('', after);
    case 'erase-to-end':
      return parted(before, '');
  }
}

/** A pasted text loses its line breaks and whatever else a terminal would act on. */
function insertable(text: string, room: number): string {
  const cut = text.slice(0, Math.max(0, room));
  return withoutControls(cut.replaceAll(/[\r\n]+/g, ''));
}

/** As a person counts: an accent or a skin tone belongs to what it is on. */
function characters(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

function firstCharacter(text: string): string {
  return characters(text)[0] ?? '';
}

function lastCharacter(text: string): string {
  return characters(text).at(-1) ?? '';
}

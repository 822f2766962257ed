/** Reading a key that somebody wrote in another way than it is: escaped, or broken over lines. */

/** How the characters of a key are written in a text. */
export type Writing = 'plain' | 'url' | 'json' | 'escaped' | 'wrapped';

export interface Reading {
  /** The characters meant. */
  readonly value: string;
  /** Where in the text the first character behind it stands. */
  readonly end: number;
  readonly writing: Writing;
}

const escapes: readonly { readonly form: RegExp; readonly base: number; readonly writing: Writing }[] = [
  { form: /%(?:25)*([0-9a-f]{2})/iy, base: 16, writing: 'url' },
  { form: /\\+u00([0-9a-f]{2})/iy, base: 16, writing: 'json' },
  { form: /\\+x([0-9a-f]{2})/iy, base: 16, writing: 'json' },
  { form: /&#x([0-9a-f]{2});/iy, base: 16, writing: 'escaped' },
  { form: /&#(\d{2,3});/y, base: 10, writing: 'escaped' },
  // Quoted-printable mail.
  { form: /=([0-9A-F]{2})/y, base: 16, writing: 'escaped' },
];

/** Markdown writes an underscore so. */
const markdownUnderscore = /\\+_/y;

const lineBreak = '(?:\\\\?\\r?\\n|(?:\\\\+r)?\\\\+n|=\\r?\\n)';
/** Indentation, and what a comment, a quotation or a patch puts before each line. */
const lineStart = '[ \\t]*(?:[>#|*+-]|//)?[ \\t]*';
/** What may stand between two characters of a key that was broken over lines or pieced together. */
const joins: readonly RegExp[] = [
  new RegExp(`["'\`][ \\t]*[+.]?[ \\t]*${lineBreak}[ \\t]*[+.]?[ \\t]*["'\`]`, 'y'),
  new RegExp(`[ \\t]*${lineBreak}${lineStart}`, 'y'),
  /["'`][ \t]*[+.][ \t]*["'`]/y,
];

/**
 * Reads on from `at` as long as each character is the one that is wanted, or any of these.
 * @param wants whether the character at this index of the value may be this one.
 * @returns undefined where fewer than `length` of them follow.
 */
export function follow(
  text: string,
  at: number,
  length: number,
  wants: (index: number, character: string) => boolean,
): Reading | undefined {
  let value = '';
  let end = at;
  let escaped: Writing | undefined;
  let isWrapped = false;
  while (value.length < length) {
    const next = characterAt(text, end, character => wants(value.length, character));
    if (next) {
      value += next.character;
      end = next.end;
      escaped ??= next.writing;
      continue;
    }
    const joined = value === '' ? undefined : behindJoin(text, end);
    if (joined === undefined) return undefined;
    isWrapped = true;
    end = joined;
  }
  return { value, end, writing: isWrapped ? 'wrapped' : (escaped ?? 'plain') };
}

function characterAt(text: string, at: number, wanted: (character: string) => boolean) {
  const character = text[at];
  if (character === undefined) return undefined;
  if (wanted(character)) return { character, end: at + 1, writing: undefined };
  for (const { form, base, writing } of escapes) {
    form.lastIndex = at;
    const code = form.exec(text)?.[1];
    const meant = code === undefined ? '' : String.fromCharCode(Number.parseInt(code, base));
    if (meant !== '' && wanted(meant)) return { character: meant, end: form.lastIndex, writing };
  }
  markdownUnderscore.lastIndex = at;
  if (wanted('_') && markdownUnderscore.test(text)) {
    return { character: '_', end: markdownUnderscore.lastIndex, writing: 'escaped' as const };
  }
  return undefined;
}

function behindJoin(text: string, at: number): number | undefined {
  for (const join of joins) {
    join.lastIndex = at;
    if (join.test(text)) return join.lastIndex;
  }
  return undefined;
}

const wordCharacter = /\w/;
/** What ends in a letter or a digit and is none: an escaped character, the end of a colour. */
const escapeBefore =
  /(?:%([0-9a-f]{2})|\\u00([0-9a-f]{2})|\\x([0-9a-f]{2})|\\[nrtbfv0]|=(?:3D|2[027])|\x1b\[[0-9;]*[a-z])$/i;

/** Whether a word may begin there: what stands before is no letter, digit or underscore, as far as it is read. */
export function beginsWord(text: string, at: number): boolean {
  if (!wordCharacter.test(text[at - 1] ?? ' ')) return true;
  const written = escapeBefore.exec(text.slice(Math.max(0, at - 16), at));
  if (!written) return false;
  const code = written[1] ?? written[2] ?? written[3];
  return code === undefined || !wordCharacter.test(String.fromCharCode(Number.parseInt(code, 16)));
}

/** Whether a word may end there. */
export const endsWord = (text: string, at: number): boolean => !wordCharacter.test(text[at] ?? ' ');

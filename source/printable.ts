/**
 * Makes text that castkeys did not write (a server's, a file's, a path) harmless on a terminal.
 * A name may try to move the cursor, rename the window, write to the clipboard, or read backwards.
 */

/** Code points, not UTF-16 units: the cut never falls inside a character. */
const defaultLength = 200;

const plainAscii = /^[\x20-\x7e]*$/;

// ECMA-48 with both the 7-bit (ESC x) and the 8-bit (C1) introducers. Strings (OSC, DCS, SOS, PM, APC) go only when
// they are terminated: an unterminated one would otherwise take the rest of the text, and hide it.
const escapeStrings =
  /(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)/g;
const controlSequences = /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]/g;
const otherEscapes = /\x1b[\x20-\x2f]*[\x30-\x7e]/g;

const lineBreaks = /\r\n|[\t\n\v\f\r\x85\u2028\u2029]/g;

// Cc: C0, DEL, C1. Cf: bidi embeddings, overrides and isolates, zero-width marks, tags. DI: fillers and variation
// selectors, drawn as nothing. Cs: lone surrogates.
const unprintable = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}]/gu;

/**
 * The text without escape sequences, control characters, bidi controls and invisible characters; a line break or a
 * tab becomes a space. What it returns is one line.
 */
export function withoutControls(text: string): string {
  if (plainAscii.test(text)) return text;
  return text
    .replace(escapeStrings, '')
    .replace(controlSequences, '')
    .replace(otherEscapes, '')
    .replace(lineBreaks, ' ')
    .replace(unprintable, '');
}

/** The text on one line, without anything a terminal would act on, and at most `length` characters long. */
export function printable(text: string, length = defaultLength): string {
  return shortened(withoutControls(text), length);
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  // No character takes more than two units, so this prefix holds enough of them; the rest may be megabytes.
  const characters = [...text.slice(0, 2 * length + 2)];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`;
}

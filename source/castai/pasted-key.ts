import { Secret } from '../keychain/secret.ts';
import { looksLikeKey } from './key-shape.ts';

/** A key as somebody gave it, or why that can't be one. Neither `warning` nor `problem` repeats any of it. */
export type PastedKey = { readonly secret: Secret; readonly warning?: string } | { readonly problem: string };

/** Today's keys have 83 characters; what is longer than this is a file or a page, not a key. */
const longest = 512;

// What follows the name must not be another "=": an old key may be base64 and end in them.
const assignment = /^(?:export\s+|set\s+|\$env:)?[A-Za-z_][\w.-]*\s*=\s*[^=\s]/i;
const headerOrYaml = /^[A-Za-z_][\w.-]*:\s/;

/**
 * Reads a key from a paste, a line of standard input or a file. White space around it and one pair of quotes that
 * match are left out (the paste of a `.env` value); anything inside that no key can hold is a problem, in words.
 */
export function readPastedKey(text: string): PastedKey {
  const { value, quoted } = withoutQuotes(text.trim());
  const problem = problemWith(value);
  if (problem) return { problem };
  const warning = [
    ...(quoted ? ['The quotes around the key were left out.'] : []),
    ...(looksLikeKey(value) === 'unusual'
      ? ['This does not have the shape of a current Cast AI key (castai_v1_…, 83 characters).']
      : []),
  ].join(' ');
  return { secret: new Secret(value), ...(warning && { warning }) };
}

function problemWith(value: string): string | undefined {
  if (value === '') return 'There is nothing here. Paste the key.';
  if (/[\r\n]/.test(value)) return 'That is more than one line. Paste only the key.';
  if (assignment.test(value)) {
    return 'That is a whole line, NAME=value. Paste only what stands after the equals sign.';
  }
  if (headerOrYaml.test(value))
    return 'That is a whole line, name: value. Paste only what stands after the colon.';
  if (/\s/.test(value))
    return 'There is white space inside. A key has none; part of something else was copied.';
  if (/\p{Cc}/u.test(value)) return 'There is a control character inside. Copy the key again.';
  if (/[^\x21-\x7e]/.test(value)) {
    return 'There is a letter or an invisible character inside that no key holds. Copy the key again.';
  }
  if (/["'`]/.test(value)) return 'There is a quotation mark in it. Paste only the key.';
  if (value.length > longest) return `That is longer than ${longest} characters, which no key is.`;
  return undefined;
}

function withoutQuotes(text: string): { value: string; quoted: boolean } {
  const inner = /^(["'`])(.*)\1$/s.exec(text)?.[2];
  return inner === undefined ? { value: text, quoted: false } : { value: inner.trim(), quoted: true };
}

/**
 * What a Cast AI key looks like (section 1.4 of the API facts). Older keys without the prefix very probably exist, and
 * what the tail means is unknown: an unusual shape is worth a warning and never a refusal.
 */

export const keyPrefix = 'castai_v1_';
const bodyLength = 64;
const tailLength = 8;

/** Characters of a current key. */
export const keyLength = keyPrefix.length + bodyLength + 1 + tailLength;

/** A current key and nothing else, wherever it stands. No flags: `new RegExp(strictKey, 'g')` for a search. */
export const strictKey = new RegExp(
  `\\b${keyPrefix}[A-Za-z0-9]{${bodyLength}}_[A-Za-z0-9]{${tailLength}}\\b`,
);

const bodyOrTail = /^[A-Za-z0-9]$/;

/** Whether a current key may have this character there; for reading one that is written in another way than it is. */
export function fitsKey(index: number, character: string): boolean {
  const given = keyPrefix[index] ?? (index === keyPrefix.length + bodyLength ? '_' : undefined);
  return given === undefined ? bodyOrTail.test(character) : character === given;
}

/** Anything that could be a key or part of one: for hiding, not for finding. */
export const looseKey = new RegExp(`${keyPrefix}[A-Za-z0-9_]+`);

const wholeKey = new RegExp(`^${strictKey.source}$`);

/** Whether the text has the shape keys have today. `unusual` says nothing about whether it works. */
export function looksLikeKey(text: string): 'current' | 'unusual' {
  return wholeKey.test(text) ? 'current' : 'unusual';
}

/** The text with everything key-shaped masked; the mask's width says nothing of the length. */
export function redactKeys(text: string): string {
  return text.replace(new RegExp(looseKey, 'g'), `${keyPrefix}********`);
}

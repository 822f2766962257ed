/**
 * What a Cast AI key looks like (section 1.4 of the API facts). Older keys without the prefix very probably exist, and
 * what the tail means is unknown: an unusual shape is worth a warning and never a refusal.
 */

export const keyPrefix = 'castai_v1_';

/** A current key and nothing else, wherever it stands. No flags: `new RegExp(strictKey, 'g')` for a search. */
export const strictKey = new RegExp(`\\b${keyPrefix}[A-Za-z0-9]{64}_[A-Za-z0-9]{8}\\b`);

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

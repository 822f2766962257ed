/** What is written down is first made harmless: no secret, nothing that JSON can't hold, nothing without end. */
import { redactKeys } from '../castai/key-shape.ts';
import type { Json, Metadata } from './entry.ts';

/** Characters of a text, entries of a list, levels: more is cut off, and said to be. */
const longestText = 1000;
const mostItems = 100;
const deepest = 6;

/** A text as the log keeps it: with whatever looks like a key hidden. */
export function tidyText(text: string): string {
  const wellFormed = redactKeys(text.toWellFormed());
  return wellFormed.length > longestText
    ? `${wellFormed.slice(0, longestText - 1).toWellFormed()}…`
    : wellFormed;
}

/** Metadata as the log keeps it. What is undefined is left out, as JSON does; a `Secret` masks itself. */
export function tidyMetadata(metadata: Readonly<Record<string, unknown>>): Metadata {
  return tidyObject(metadata, 1);
}

function tidyObject(value: object, level: number): Metadata {
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.slice(0, mostItems).map(([name, field]) => [tidyText(name), tidy(field, level + 1)]),
  );
}

function tidy(value: unknown, level: number): Json {
  switch (typeof value) {
    case 'string':
      return tidyText(value);
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      return value === null ? null : tidyNested(value, level);
    default:
      return tidyText(String(value));
  }
}

function tidyNested(value: object, level: number): Json {
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const plain: unknown = value.toJSON();
    return plain === value ? '…' : tidy(plain, level + 1);
  }
  if (level > deepest) return '…';
  if (Array.isArray(value)) return value.slice(0, mostItems).map(item => tidy(item, level + 1));
  return tidyObject(value, level);
}

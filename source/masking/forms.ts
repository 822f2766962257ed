import { keyPrefix } from '../castai/key-shape.ts';
import type { Secret } from '../keychain/secret.ts';

/** One way in which a secret may be written. */
export interface Form {
  readonly bytes: Buffer;
  /** How many of the first bytes say nothing of the secret: those of the prefix that every key has. */
  readonly publicBytes: number;
  /** Whether line breaks may fall inside: `base64` breaks its lines after 76 characters. */
  readonly wraps: boolean;
}

/** `plain`: as it is. `encoded`: also escaped, as base64 (inside anything), as hex, in UTF-16. */
export type FormsWanted = 'plain' | 'encoded';

/** How a secret may be written, each way once. An empty secret has no form. */
export function formsOf(secret: Secret, wanted: FormsWanted): readonly Form[] {
  const value = secret.reveal();
  if (value === '') return [];
  const known = value.startsWith(keyPrefix) ? keyPrefix.length : 0;
  const plain = { bytes: Buffer.from(value), publicBytes: known, wraps: false };
  if (wanted === 'plain') return [plain];
  const all = [plain, ...escaped(value, known), ...hexadecimal(value, known), ...wide(value, known)];
  return distinct([...all, ...base64(value, known)]);
}

function escaped(value: string, known: number): readonly Form[] {
  const texts = [encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];
  return texts.map(text => ({ bytes: Buffer.from(text), publicBytes: known, wraps: false }));
}

function hexadecimal(value: string, known: number): readonly Form[] {
  const digits = Buffer.from(value).toString('hex');
  const texts = [digits, digits.toUpperCase()];
  return texts.map(text => ({ bytes: Buffer.from(text), publicBytes: 2 * known, wraps: false }));
}

function wide(value: string, known: number): readonly Form[] {
  const little = Buffer.from(value, 'utf16le');
  const both = [little, Buffer.from(little).swap16()];
  return both.map(bytes => ({ bytes, publicBytes: 2 * known, wraps: false }));
}

/**
 * Base64 writes three bytes as four characters, so what a secret becomes depends on how many bytes stand before it. The
 * characters at either end hold bits of the neighbours, too, and belong to no form.
 */
function base64(value: string, known: number): readonly Form[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap(before => {
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    const publicBytes = known === 0 ? 0 : Math.floor(((before + known) * 8) / 6) - first;
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    const texts = [shifted.toString('base64'), shifted.toString('base64url')];
    return texts.map(text => ({ bytes: Buffer.from(text.slice(first, last)), publicBytes, wraps: true }));
  });
}

function distinct(forms: readonly Form[]): readonly Form[] {
  const seen = new Map(forms.map(form => [form.bytes.toString('latin1'), form]));
  return [...seen.values()];
}

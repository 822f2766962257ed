import { keyPrefix } from '../../castai/key-shape.ts';
import type { Literal } from './sieve.ts';

/** How the bytes around a literal become text: as they are, every second one, or decoded. */
export type Wrapping =
  | { readonly kind: 'text' | 'utf-16' | 'hex' }
  /** `phase`: how many bytes stand before the literal in its group of three. */
  | { readonly kind: 'base64'; readonly phase: 0 | 1 | 2; readonly inner: 'text' | 'utf-16' };

/** What a literal is a sign of. */
export interface Sign {
  readonly wrapping: Wrapping;
  /** Where in the value that it is a sign of the literal begins. */
  readonly offset: number;
  /** Which of our own keys; absent for the prefix that all keys of today share. */
  readonly own?: number;
}

/** The windows at this place of a literal, or of a part of a key, are rare in text: for a prefix not its first letters. */
const text = (written: string, rareFrom: number, sign: Omit<Sign, 'wrapping'>): Literal<Sign> => ({
  bytes: Buffer.from(written, 'latin1'),
  rareFrom,
  means: { ...sign, wrapping: { kind: 'text' } },
});

const stem = keyPrefix.slice(0, keyPrefix.indexOf('_'));

/** How the first underscore of a prefix is written where it is escaped; each way up to where its windows end. */
const escapedUnderscores = [
  '%5F',
  '%5f',
  '%25',
  '\\_v',
  '\\u0',
  '\\x5',
  '\\\\u',
  '\\\\x',
  '\\\\_',
  '=5F',
  '&#x',
  '&#9',
];

/** The literals that a key of today begins with, in every way of writing it. */
export function prefixLiterals(): readonly Literal<Sign>[] {
  const sign = { offset: 0 };
  return [
    text(keyPrefix, 3, sign),
    ...escapedUnderscores.map(written => text(`${stem}${written}`, stem.length - 4, sign)),
    ...spelledOut(keyPrefix, sign),
    ...encoded(keyPrefix, sign),
  ];
}

/** Bytes of a part of a key; its windows and those of its base64 need no more. */
const anchorLength = 14;

/** Shorter values are no keys, and would be found everywhere. */
export const shortestOwn = 16;

/**
 * The literals of an own key, whatever its shape: of its beginning, and of a part further on, for where the beginning is
 * broken over two lines.
 */
export function ownLiterals(value: string, own: number): readonly Literal<Sign>[] {
  const offsets = [0, Math.floor((value.length - anchorLength) / 2)];
  // The beginning that all keys share is a sign of any key already.
  const telling = value.startsWith(keyPrefix) ? offsets.slice(1) : offsets;
  return telling.flatMap(offset => {
    const part = value.slice(offset, offset + anchorLength);
    const sign = { offset, own };
    return [text(part, 3, sign), ...spelledOut(part, sign), ...encoded(part, sign)];
  });
}

/** Every character escaped. */
function spelledOut(part: string, sign: Omit<Sign, 'wrapping'>): readonly Literal<Sign>[] {
  const codes = [...part.slice(0, 4)].map(character => character.charCodeAt(0).toString(16));
  const capitals = codes.map(code => code.toUpperCase());
  const ways = [codes, capitals].flatMap(hex => [
    hex.map(code => `%${code}`).join(''),
    hex.map(code => `%25${code}`).join(''),
    hex.map(code => `\\x${code}`).join(''),
    hex.map(code => `\\u00${code}`).join(''),
  ]);
  // In the longest way the windows before this place are the same in any text that is written so.
  return [...new Set(ways)].map(written => text(written, written.startsWith('\\u') ? 2 : 0, sign));
}

function encoded(part: string, sign: Omit<Sign, 'wrapping'>): readonly Literal<Sign>[] {
  const bytes = Buffer.from(part, 'latin1');
  const wide = Buffer.from(part, 'utf16le');
  const hex = bytes.toString('hex');
  return [
    // Without its last byte it stands in both byte orders.
    { bytes: wide.subarray(0, -1), rareFrom: 10, means: { ...sign, wrapping: { kind: 'utf-16' } } },
    ...[...new Set([hex, hex.toUpperCase()])].map(
      (written): Literal<Sign> => ({
        bytes: Buffer.from(written),
        rareFrom: 4,
        means: { ...sign, wrapping: { kind: 'hex' } },
      }),
    ),
    ...base64Of(bytes, 'text', sign),
    ...base64Of(wide, 'utf-16', sign),
  ];
}

/** The characters that don't depend on what stands before and behind, for each place in a group of three bytes. */
function base64Of(
  bytes: Buffer,
  inner: 'text' | 'utf-16',
  sign: Omit<Sign, 'wrapping'>,
): readonly Literal<Sign>[] {
  return ([0, 1, 2] as const).flatMap(phase => {
    const padded = Buffer.concat([Buffer.alloc(phase), bytes]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3));
    const characters = whole.toString('base64').slice(firstOwn[phase]);
    const url = characters.replaceAll('+', '-').replaceAll('/', '_');
    return [...new Set([characters, url])].map(
      (written): Literal<Sign> => ({
        bytes: Buffer.from(written),
        rareFrom: 0,
        means: { ...sign, wrapping: { kind: 'base64', phase, inner } },
      }),
    );
  });
}

/** How many characters of the first group of four hold bits of the bytes before. */
export const firstOwn = [0, 2, 3] as const;

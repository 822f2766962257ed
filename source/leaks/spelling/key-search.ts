import { fitsKey, keyLength } from '../../castai/key-shape.ts';
import type { encodings } from './encodings.ts';
import { beginsWord, endsWord, follow, type Reading } from './follow.ts';
import { ownLiterals, prefixLiterals, type Sign, shortestOwn } from './literals.ts';
import { Sieve, type Sighting } from './sieve.ts';
import { type Extent, type Unwrapped, unwrap } from './unwrap.ts';

/** How a key was written where it was found; the outermost where there are several ways in one. */
export type Encoding = (typeof encodings)[number];

/** A key that stands somewhere. The value is the secret itself: it is looked up, and goes no further. */
export interface Spotted {
  readonly value: string;
  readonly encoding: Encoding;
  /** Where in the buffer it is, in bytes: where what it was recognised by begins. */
  readonly at: number;
}

/** More bytes than a key takes in any way of writing it, before and behind what it is recognised by. */
export const context = 8192;

/**
 * Finds keys in bytes: own keys by value, whatever their shape, and any key of today's shape; plain or written in one
 * of the ways of {@link Encoding}.
 */
export class KeySearch {
  readonly #sieve: Sieve<Sign>;
  readonly #own: readonly string[];

  constructor(own: readonly string[]) {
    this.#own = own.filter(value => value.length >= shortestOwn);
    this.#sieve = new Sieve([...prefixLiterals(), ...this.#own.flatMap(ownLiterals)]);
  }

  /** Signs of keys, to be read with {@link read}. The buffer has to be aligned as `Buffer.allocUnsafeSlow` makes it. */
  look(buffer: Buffer, from: number, to: number): readonly Sighting<Sign>[] {
    return this.#sieve.look(buffer, from, to);
  }

  /** The key that a sign is one of, if it is one. */
  read(extent: Extent, { at, means }: Sighting<Sign>): Spotted | undefined {
    const unwrapped = unwrap(extent, at, means.wrapping);
    const reading =
      means.own === undefined ? readShape(unwrapped) : readOwn(unwrapped, this.#own[means.own] ?? '', means);
    if (!reading) return undefined;
    const { kind } = means.wrapping;
    return { value: reading.value, encoding: kind === 'text' ? reading.writing : kind, at };
  }

  /** Every key in a piece of bytes that belongs together. */
  find(bytes: Buffer): readonly Spotted[] {
    const buffer = Buffer.allocUnsafeSlow(bytes.length);
    bytes.copy(buffer);
    const extent = { buffer, from: 0, to: buffer.length };
    return this.look(buffer, 0, buffer.length).flatMap(sign => this.read(extent, sign) ?? []);
  }
}

function readShape({ text, at }: Unwrapped): Reading | undefined {
  if (!beginsWord(text, at)) return undefined;
  const reading = follow(text, at, keyLength, fitsKey);
  return reading && endsWord(text, reading.end) ? reading : undefined;
}

/** An own key is found by value, whatever stands around it; its beginning may be further back, and broken over lines. */
function readOwn({ text, at }: Unwrapped, value: string, { offset }: Sign): Reading | undefined {
  for (let start = at - offset; start >= 0; start -= 1) {
    const reading = follow(text, start, value.length, (index, character) => value[index] === character);
    if (reading && reading.end > at) return reading;
  }
  return undefined;
}

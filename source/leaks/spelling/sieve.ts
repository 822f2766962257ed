/** A literal to be found, whatever stands before it. */
export interface Literal<T> {
  readonly bytes: Buffer;
  /** Where in `bytes` four windows in a row are rare in ordinary text: at `rareFrom` and the three places behind it. */
  readonly rareFrom: number;
  readonly means: T;
}

/** A literal that stands in a buffer from `at` on. */
export interface Sighting<T> {
  readonly at: number;
  readonly means: T;
}

const tableBits = 16;
const stride = 4;

/**
 * Looks for any number of literals in one pass. Only every fourth position is looked at: of each literal four windows of
 * four bytes in a row are known, so that one of them stands on such a position wherever the literal begins. Measured:
 * 2 GB/s for hundreds of literals, where `Buffer.indexOf` takes as long for each of two.
 */
export class Sieve<T> {
  readonly #table = new Uint8Array(1 << tableBits);
  readonly #windows = new Map<number, { readonly literal: Literal<T>; readonly offset: number }[]>();

  constructor(literals: readonly Literal<T>[]) {
    for (const literal of literals) {
      for (let offset = literal.rareFrom; offset < literal.rareFrom + stride; offset += 1) {
        const window = literal.bytes.readUInt32LE(offset);
        const known = this.#windows.get(window) ?? [];
        this.#windows.set(window, [...known, { literal, offset }]);
        this.#table[slotOf(window)] = 1;
      }
    }
  }

  /**
   * Every literal that begins in `buffer` at or behind `from` and ends before `to`, in the order of their windows.
   * The buffer has to be aligned to four bytes in its memory, as `Buffer.allocUnsafeSlow` makes it.
   */
  look(buffer: Buffer, from: number, to: number): Sighting<T>[] {
    const sightings: Sighting<T>[] = [];
    const words = new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.length >>> 2);
    const table = this.#table;
    const end = to >>> 2;
    for (let at = (from + stride - 1) >>> 2; at < end; at += 1) {
      // Inside the array: `end` is at most its length.
      const window = words[at] as number;
      if (table[Math.imul(window, 0x9e3779b1) >>> (32 - tableBits)] === 0) continue;
      for (const { literal, offset } of this.#windows.get(window) ?? []) {
        const start = at * stride - offset;
        const isWithin = start >= from && start + literal.bytes.length <= to;
        if (
          isWithin &&
          buffer.compare(literal.bytes, 0, undefined, start, start + literal.bytes.length) === 0
        )
          sightings.push({ at: start, means: literal.means });
      }
    }
    return sightings;
  }
}

const slotOf = (window: number): number => Math.imul(window, 0x9e3779b1) >>> (32 - tableBits);

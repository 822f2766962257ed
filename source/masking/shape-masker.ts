import { keyPrefix } from '../castai/key-shape.ts';
import { maskOf } from './mask.ts';

const prefix = Buffer.from(keyPrefix);

/**
 * Hides whatever begins as Cast AI's keys do: the prefix is public, and everything after it that could be part of a key is
 * masked as it comes. Nothing is ever held back.
 */
export class ShapeMasker {
  readonly #keepsLength: boolean;
  /** The last bytes that went out: the prefix may have begun there. */
  #before: Buffer = Buffer.alloc(0);
  #isInKey = false;
  #isMasked = false;

  constructor(keepsLength: boolean) {
    this.#keepsLength = keepsLength;
  }

  push(chunk: Buffer): Buffer {
    const data = this.#before.length === 0 ? chunk : Buffer.concat([this.#before, chunk]);
    const out: Buffer[] = [];
    let sent = this.#before.length;
    for (;;) {
      if (this.#isInKey) {
        const end = endOfKey(data, sent);
        if (end > sent) out.push(this.#hide(end - sent));
        sent = end;
        if (end === data.length) break;
        this.#isInKey = this.#isMasked = false;
      }
      const found = data.indexOf(prefix, Math.max(0, sent - prefix.length + 1));
      if (found < 0) break;
      const inside = found + prefix.length;
      out.push(data.subarray(sent, inside));
      sent = inside;
      this.#isInKey = true;
    }
    out.push(data.subarray(sent));
    this.#before = this.#isInKey ? Buffer.alloc(0) : Buffer.from(data.subarray(1 - prefix.length));
    return out.length === 1 ? (out[0] ?? data) : Buffer.concat(out);
  }

  #hide(length: number): Buffer {
    if (this.#isMasked && !this.#keepsLength) return Buffer.alloc(0);
    this.#isMasked = true;
    return maskOf(length, this.#keepsLength);
  }
}

function endOfKey(data: Buffer, from: number): number {
  let at = from;
  while (at < data.length && isKeyByte(data[at] ?? 0)) at += 1;
  return at;
}

const isKeyByte = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x5f;

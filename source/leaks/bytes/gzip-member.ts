import { createInflateRaw } from 'node:zlib';

/** The beginning of every gzip member: its magic number, and the one method there is. */
export const gzipMagic = Buffer.from([0x1f, 0x8b, 8]);

/** A member that holds more than this is read up to here. */
const mostBytes = 1024 ** 3;

const flag = { headerCheck: 2, extra: 4, name: 8, comment: 16 } as const;
/** Of the header's beginning, which all have. */
const fixed = 10;

/**
 * Where the compressed bytes of a member begin, whose magic number stands at `at`; undefined where no such header goes on from
 * there: its flags and its system exist, and its names end (RFC 1952).
 */
export function bodyOfMember(buffer: Buffer, at: number): number | undefined {
  const [flags = 0xff, system = 0xfe] = [buffer[at + 3], buffer[at + 9]];
  if (flags >= 0x20 || (system > 13 && system !== 255)) return undefined;
  let body = at + fixed;
  if (flags & flag.extra) body += 2 + (buffer[body] ?? 0) + 256 * (buffer[body + 1] ?? 0);
  for (const text of [flag.name, flag.comment]) {
    if ((flags & text) === 0) continue;
    const end = buffer.indexOf(0, body);
    if (end < 0) return undefined;
    body = end + 1;
  }
  if (flags & flag.headerCheck) body += 2;
  return body < buffer.length ? body : undefined;
}

export interface Inflated {
  readonly push: (bytes: Buffer) => Promise<void>;
  readonly end: () => Promise<void>;
}

/**
 * What is compressed, handed on piece by piece as it comes out. What turns out not to be gzip ends without a word. Raw, because
 * node's gunzip gives nothing of a small member that something else follows.
 */
export class GzipMember {
  readonly #inflate = createInflateRaw();
  readonly #reading: Promise<void>;
  #isOver = false;

  constructor(inner: Inflated) {
    this.#reading = this.#read(inner).finally(() => {
      this.#isOver = true;
    });
  }

  /** Its end was reached, or it was none. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Resolves when the bytes were read, so that their buffer may be used again. */
  async write(bytes: Buffer): Promise<void> {
    const written = new Promise<void>(resolve => this.#inflate.write(bytes, () => resolve()));
    await Promise.race([written, this.#reading]);
  }

  async end(): Promise<void> {
    this.#inflate.end();
    await this.#reading;
  }

  async #read(inner: Inflated): Promise<void> {
    let count = 0;
    try {
      for await (const bytes of this.#inflate) {
        await inner.push(bytes);
        count += bytes.length;
        if (count > mostBytes) break;
      }
    } catch {
      // No gzip after all, or the end of it is missing: what came out until then was looked at.
    }
    await inner.end();
  }
}

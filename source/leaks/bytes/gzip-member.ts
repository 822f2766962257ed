import { createGunzip } from 'node:zlib';

/** The beginning of every gzip member: its magic number, and the one method there is. */
export const gzipMagic = Buffer.from([0x1f, 0x8b, 8]);

/** Header and trailer of a member. */
const smallest = 18;
/** A member that holds more than this is read up to here. */
const mostBytes = 1024 ** 3;

/** Whether what begins with the magic number goes on as a gzip header does: flags that exist, a system that exists. */
export function isGzipHeader(buffer: Buffer, at: number): boolean {
  const [flags = 0xff, system = 0xfe] = [buffer[at + 3], buffer[at + 9]];
  return at + smallest <= buffer.length && flags < 0x20 && (system <= 13 || system === 255);
}

export interface Inflated {
  readonly push: (bytes: Buffer) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** What is compressed, handed on piece by piece as it comes out. What turns out not to be gzip ends without a word. */
export class GzipMember {
  readonly #gunzip = createGunzip();
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
    const written = new Promise<void>(resolve => this.#gunzip.write(bytes, () => resolve()));
    await Promise.race([written, this.#reading]);
  }

  async end(): Promise<void> {
    this.#gunzip.end();
    await this.#reading;
  }

  async #read(inner: Inflated): Promise<void> {
    let count = 0;
    try {
      for await (const bytes of this.#gunzip) {
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

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { gzipMagic } from '../bytes/gzip-member.ts';
import { type PlacedKey, withLine } from '../bytes/line.ts';
import { RollingSearch } from '../bytes/rolling-search.ts';
import type { KeySearch } from '../spelling/key-search.ts';

/** Looks through files, one after the other, in one buffer. */
export class FileSearch {
  readonly #search: KeySearch;
  readonly #buffer = Buffer.allocUnsafeSlow(1024 * 1024);

  constructor(search: KeySearch) {
    this.#search = search;
  }

  /**
   * The keys in a file. Opening never waits for the other end of a pipe.
   * @returns undefined where it can't be read, or is no file.
   */
  async find(
    path: string,
  ): Promise<{ readonly sightings: readonly PlacedKey[]; readonly bytes: number } | undefined> {
    let file: number;
    try {
      file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch {
      return undefined;
    }
    try {
      const filled = readUpTo(file, this.#buffer);
      const bytes = this.#buffer.subarray(0, filled);
      const isWhole = filled < this.#buffer.length;
      if (isWhole && !bytes.includes(gzipMagic)) return { sightings: this.#look(filled), bytes: filled };
      return fstatSync(file).isFile() ? await this.#roll(file, filled) : undefined;
    } catch {
      return undefined;
    } finally {
      closeSync(file);
    }
  }

  #look(filled: number): readonly PlacedKey[] {
    const buffer = this.#buffer;
    const extent = { buffer, from: 0, to: filled };
    return this.#search.look(buffer, 0, filled).flatMap(sign => {
      const spotted = this.#search.read(extent, sign);
      return spotted ? [withLine(buffer, 0, filled, spotted)] : [];
    });
  }

  async #roll(file: number, filled: number) {
    const sightings: PlacedKey[] = [];
    const search = new RollingSearch(this.#search, spotted => sightings.push(spotted));
    let bytes = 0;
    for (let count = filled; count > 0; count = readUpTo(file, this.#buffer)) {
      await search.push(this.#buffer.subarray(0, count));
      bytes += count;
    }
    await search.end();
    return { sightings, bytes };
  }
}

function readUpTo(file: number, buffer: Buffer): number {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(file, buffer, filled, buffer.length - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

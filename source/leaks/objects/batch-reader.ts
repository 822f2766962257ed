import { bodyOfMember, gzipMagic } from '../bytes/gzip-member.ts';
import { type PlacedKey, withLine } from '../bytes/line.ts';
import { RollingSearch } from '../bytes/rolling-search.ts';
import type { KeySearch, Spotted } from '../spelling/key-search.ts';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

export interface ReadObject {
  /** In hex. */
  readonly id: string;
  readonly type: ObjectType;
  /** Bytes. */
  readonly size: number;
}

/** A key in an object. */
export interface ObjectSighting extends PlacedKey {
  /** The name in a tree that the key is in. */
  readonly name?: string;
}

export interface ObjectSink {
  /** An object was looked through whole. */
  readonly onObject: (object: ReadObject) => void;
  readonly onSighting: (object: ReadObject, sighting: ObjectSighting) => void;
  /** git has an object of this id and could not give it. */
  readonly onMissing: (id: string) => void;
}

/** Objects up to this size, in bytes, are looked through whole; larger ones roll through. */
const room = 4 * 1024 * 1024;
const newline = 10;

/** Looks through what `git cat-file --batch` prints: every object, in one buffer, without making a string of it. */
export class BatchReader {
  readonly #search: KeySearch;
  readonly #sink: ObjectSink;
  readonly #buffer = Buffer.allocUnsafeSlow(room);
  #filled = 0;
  #large: { readonly object: ReadObject; readonly search: RollingSearch; left: number } | undefined;

  constructor(search: KeySearch, sink: ObjectSink) {
    this.#search = search;
    this.#sink = sink;
  }

  /** Takes what git printed next. A promise where more may only follow once it is fulfilled. */
  take(bytes: Buffer): Promise<void> | undefined {
    if (this.#large) return this.#roll(bytes);
    for (let taken = 0; taken < bytes.length; ) {
      const count = bytes.copy(this.#buffer, this.#filled, taken);
      this.#filled += count;
      taken += count;
      if (this.#filled < room) continue;
      const waiting = this.#lookThrough();
      const rest = bytes.subarray(taken);
      if (waiting) return waiting.then(() => this.take(rest));
      if (this.#large) return this.#roll(rest);
    }
    return undefined;
  }

  /** Takes the end. What git left unfinished is an object that was not looked through. */
  async end(): Promise<void> {
    await this.#lookThrough();
  }

  /** Looks through the whole objects in the buffer, and moves the one that isn't to its front. */
  #lookThrough(): Promise<void> | undefined {
    const buffer = this.#buffer;
    const filled = this.#filled;
    const signs = this.#search.look(buffer, 0, filled).toSorted((one, other) => one.at - other.at);
    let next = 0;
    const compressed: Promise<void>[] = [];
    let magic = findMagic(buffer, 0, filled);
    let at = 0;
    for (;;) {
      const end = buffer.indexOf(newline, at);
      if (end < 0 || end >= filled) break;
      const object = this.#readHeader(buffer.toString('latin1', at, end));
      if (!object) {
        at = end + 1;
        continue;
      }
      const [from, to] = [end + 1, end + 1 + object.size];
      if (to >= filled) {
        if (to + 1 - at <= room) break;
        this.#filled = 0;
        this.#large = this.#openLarge(object);
        const begun = buffer.subarray(from, filled);
        return Promise.all(compressed).then(() => this.#roll(begun));
      }
      const extent = { buffer, from, to };
      for (let sign = signs[next]; sign && sign.at < to; sign = signs[next]) {
        next += 1;
        const spotted = sign.at < from ? undefined : this.#search.read(extent, sign);
        if (spotted) this.#sink.onSighting(object, placed(object, extent, spotted));
      }
      if (magic < from) magic = findMagic(buffer, from, filled);
      if (magic < to)
        compressed.push(this.#searchCompressed(object, Buffer.from(buffer.subarray(magic, to))));
      this.#sink.onObject(object);
      at = to + 1;
    }
    buffer.copyWithin(0, at, filled);
    this.#filled = filled - at;
    return compressed.length > 0 ? Promise.all(compressed).then(() => undefined) : undefined;
  }

  #readHeader(header: string): ReadObject | undefined {
    const [id = '', type, size] = header.split(' ');
    if (type === 'blob' || type === 'tree' || type === 'commit' || type === 'tag')
      return { id, type, size: Number(size) };
    this.#sink.onMissing(id);
    return undefined;
  }

  async #searchCompressed(object: ReadObject, bytes: Buffer): Promise<void> {
    const search = new RollingSearch(this.#search, spotted => {
      // What is not compressed was found already.
      if (spotted.encoding === 'gzip') this.#sink.onSighting(object, spotted);
    });
    await search.push(bytes);
    await search.end();
  }

  #openLarge(object: ReadObject) {
    const search = new RollingSearch(this.#search, spotted => this.#sink.onSighting(object, spotted));
    return { object, search, left: object.size + 1 };
  }

  async #roll(bytes: Buffer): Promise<void> {
    const large = this.#large;
    if (!large) return this.take(bytes);
    const own = bytes.subarray(0, large.left);
    // The newline behind it is not part of it.
    await large.search.push(own.subarray(0, Math.max(0, large.left - 1)));
    large.left -= own.length;
    if (large.left > 0) return;
    await large.search.end();
    this.#sink.onObject(large.object);
    this.#large = undefined;
    await this.take(bytes.subarray(own.length));
  }
}

function findMagic(buffer: Buffer, from: number, filled: number): number {
  for (
    let at = buffer.indexOf(gzipMagic, from);
    at >= 0 && at < filled;
    at = buffer.indexOf(gzipMagic, at + 1)
  )
    if (bodyOfMember(buffer, at) !== undefined) return at;
  return filled;
}

interface Placed {
  readonly buffer: Buffer;
  readonly from: number;
  readonly to: number;
}

function placed(object: ReadObject, { buffer, from, to }: Placed, spotted: Spotted): ObjectSighting {
  if (object.type === 'tree') return { ...spotted, name: nameAround(buffer, from, to, spotted.at) };
  return withLine(buffer, from, to, spotted);
}

/** The name in a tree around a place: between the blank behind its mode and the zero byte before its id. */
function nameAround(buffer: Buffer, from: number, to: number, at: number): string {
  const end = buffer.indexOf(0, at);
  const start = buffer.lastIndexOf(0x20, at);
  return buffer.toString('utf8', Math.max(from, start + 1), end < 0 ? to : Math.min(end, to));
}

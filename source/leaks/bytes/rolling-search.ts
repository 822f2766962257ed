import { context, type KeySearch, type Spotted } from '../spelling/key-search.ts';
import { bodyOfMember, GzipMember, gzipMagic } from './gzip-member.ts';

export type OnSpotted = (spotted: Spotted) => void;

/** Of what is looked through at a time. */
const room = 512 * 1024;
/** gzip inside gzip inside a file, and no deeper. */
const deepest = 2;

/**
 * Looks for keys in any number of bytes that come piece by piece, in memory that does not grow with them; in what is
 * compressed with gzip, too.
 */
export class RollingSearch {
  readonly #search: KeySearch;
  readonly #onSpotted: OnSpotted;
  readonly #depth: number;
  readonly #buffer = Buffer.allocUnsafeSlow(room);
  #filled = 0;
  /** Bytes that were in the buffer before those that are in it now. */
  #before = 0;
  /** Where in the buffer what was not looked for yet begins. */
  #fresh = 0;
  /** And from where compressed members were not looked for yet. */
  #packedFrom = 0;
  #member: GzipMember | undefined;

  constructor(search: KeySearch, onSpotted: OnSpotted, depth = 0) {
    this.#search = search;
    this.#onSpotted = onSpotted;
    this.#depth = depth;
  }

  async push(bytes: Buffer): Promise<void> {
    for (let taken = 0; taken < bytes.length; ) {
      const count = bytes.copy(this.#buffer, this.#filled, taken);
      this.#filled += count;
      taken += count;
      if (this.#filled === room) await this.#advance(room - context);
    }
  }

  async end(): Promise<void> {
    await this.#advance(this.#filled);
    await this.#member?.end();
  }

  /** Looks for keys that begin before `until`; what stands around them is kept for those behind it. */
  async #advance(until: number): Promise<void> {
    const extent = { buffer: this.#buffer, from: 0, to: this.#filled };
    for (const sign of this.#search.look(this.#buffer, 0, this.#filled)) {
      if (sign.at < this.#fresh || sign.at >= until) continue;
      const spotted = this.#search.read(extent, sign);
      if (spotted) this.#onSpotted({ ...spotted, at: spotted.at + this.#before });
    }
    await this.#inflate(until);
    const kept = Math.max(0, until - context);
    this.#buffer.copyWithin(0, kept, this.#filled);
    this.#filled -= kept;
    this.#before += kept;
    this.#fresh = until - kept;
    this.#packedFrom -= kept;
  }

  async #inflate(until: number): Promise<void> {
    if (await this.#feed(this.#packedFrom, until)) return;
    while (this.#packedFrom < until && this.#depth < deepest) {
      const held = this.#buffer.subarray(0, this.#filled);
      const found = held.indexOf(gzipMagic, this.#packedFrom);
      if (found < 0 || found >= until) break;
      const body = bodyOfMember(held, found);
      // One that is over at once may have been none, and another begins inside it.
      this.#packedFrom = found + 1;
      if (body === undefined) continue;
      this.#member = this.#openMember(this.#before + found);
      // Its header may reach into what is looked through the next time.
      if (await this.#feed(body, Math.max(body, until))) return;
    }
    this.#packedFrom = Math.max(this.#packedFrom, until);
  }

  /** Gives these bytes to the member that is open, if one is, and says whether it wants more. */
  async #feed(from: number, until: number): Promise<boolean> {
    if (!this.#member || this.#member.isOver) return false;
    if (from < until) await this.#member.write(this.#buffer.subarray(from, until));
    if (this.#member.isOver) return false;
    this.#packedFrom = Math.max(from, until);
    return true;
  }

  #openMember(start: number): GzipMember {
    const inner = new RollingSearch(
      this.#search,
      ({ value }) => this.#onSpotted({ value, encoding: 'gzip', at: start }),
      this.#depth + 1,
    );
    return new GzipMember(inner);
  }
}

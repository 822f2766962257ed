/** A set of object ids that takes little more memory than the ids themselves: they are as good as random already. */
export class IdSet {
  #width: number;
  #table: Buffer;
  #count = 0;

  /** `width`: bytes of an id, 20 or 32; 0 where none is known yet. `ids`: one behind the other. */
  constructor(width = 0, ids: Buffer = Buffer.alloc(0)) {
    this.#width = width;
    this.#table = Buffer.alloc(width * capacityFor(width === 0 ? 0 : ids.length / width));
    for (let at = 0; at < ids.length; at += width) this.#put(ids.subarray(at, at + width));
  }

  get size(): number {
    return this.#count;
  }

  /** Bytes of an id; 0 while there is none. */
  get width(): number {
    return this.#width;
  }

  add(id: string): void {
    const bytes = Buffer.from(id, 'hex');
    if (this.#width === 0) {
      this.#width = bytes.length;
      this.#table = Buffer.alloc(this.#width * capacityFor(0));
    }
    if (this.#count * 2 >= this.#table.length / this.#width) this.#grow();
    this.#put(bytes);
  }

  has(id: string): boolean {
    const bytes = Buffer.from(id, 'hex');
    return this.#width > 0 && bytes.length === this.#width && this.#isAt(this.#slotOf(bytes), bytes);
  }

  /** The ids, one behind the other. */
  bytes(): Buffer {
    const ids = Buffer.alloc(this.#count * this.#width);
    let filled = 0;
    for (let at = 0; at < this.#table.length; at += this.#width) {
      if (!this.#isEmpty(at)) filled += this.#table.copy(ids, filled, at, at + this.#width);
    }
    return ids;
  }

  #put(id: Buffer): void {
    const at = this.#slotOf(id);
    if (this.#isAt(at, id)) return;
    id.copy(this.#table, at);
    this.#count += 1;
  }

  /** Where the id is, or the empty place where it would be. */
  #slotOf(id: Buffer): number {
    const slots = this.#table.length / this.#width;
    let slot = id.readUInt32LE(0) % slots;
    while (!this.#isEmpty(slot * this.#width) && !this.#isAt(slot * this.#width, id))
      slot = (slot + 1) % slots;
    return slot * this.#width;
  }

  #isAt(at: number, id: Buffer): boolean {
    return this.#table.compare(id, 0, id.length, at, at + this.#width) === 0;
  }

  /** No object has an id that begins with eight zero bytes. */
  #isEmpty(at: number): boolean {
    return this.#table.readUInt32LE(at) === 0 && this.#table.readUInt32LE(at + 4) === 0;
  }

  #grow(): void {
    const ids = this.bytes();
    this.#table = Buffer.alloc(this.#table.length * 2);
    this.#count = 0;
    for (let at = 0; at < ids.length; at += this.#width) this.#put(ids.subarray(at, at + this.#width));
  }
}

const capacityFor = (count: number): number => Math.max(1024, 2 ** Math.ceil(Math.log2(count * 2 + 1)));

/** A value off the bus. Arrays, structs and dictionary entries are arrays; a variant is its content. */
export type DbusValue = number | bigint | boolean | string | readonly DbusValue[];

/** Whether a value is an array, a struct or a dictionary entry. */
export function isList(value: DbusValue | undefined): value is readonly DbusValue[] {
  return typeof value === 'object';
}

/** Bytes or a signature that don't follow the D-Bus specification. */
export class DbusFormatError extends Error {
  override readonly name = 'DbusFormatError';
}

/** Containers may nest this deep, counting variants; the specification's own limit. Without it a message could overflow the stack. */
const maxDepth = 64;

const alignments: Readonly<Record<string, number>> = {
  y: 1,
  g: 1,
  v: 1,
  n: 2,
  q: 2,
  b: 4,
  i: 4,
  u: 4,
  h: 4,
  s: 4,
  o: 4,
  a: 4,
  x: 8,
  t: 8,
  d: 8,
  '(': 8,
  '{': 8,
};

/** The boundary a value of this type starts at, in bytes. */
function alignmentOf(type: string): number {
  const alignment = alignments[type.charAt(0)];
  if (alignment === undefined) throw new DbusFormatError('unknown type in a signature');
  return alignment;
}

/** Splits `sa{sv}(uu)` into `s`, `a{sv}`, `(uu)`. */
export function completeTypes(signature: string): readonly string[] {
  const types: string[] = [];
  for (let start = 0; start < signature.length; ) {
    const end = endOfType(signature, start, 0);
    types.push(signature.slice(start, end));
    start = end;
  }
  return types;
}

function endOfType(signature: string, start: number, depth: number): number {
  if (depth > maxDepth) throw new DbusFormatError('signature nested too deep');
  const first = signature.charAt(start);
  alignmentOf(first);
  if (first === 'a') return endOfType(signature, start + 1, depth + 1);
  if (first !== '(' && first !== '{') return start + 1;
  const close = first === '(' ? ')' : '}';
  let end = start + 1;
  while (signature.charAt(end) !== close) end = endOfType(signature, end, depth + 1);
  if (end === start + 1) throw new DbusFormatError('empty struct in a signature');
  return end + 1;
}

/** Reads values one after the other from a message, never past its end. Positions count from the message's first byte. */
export class DbusReader {
  readonly #bytes: Buffer;
  readonly #littleEndian: boolean;
  #position: number;
  #depth = 0;

  constructor(bytes: Buffer, littleEndian: boolean, position = 0) {
    this.#bytes = bytes;
    this.#littleEndian = littleEndian;
    this.#position = position;
  }

  /** Moves on to the next multiple of `alignment` and returns that position. */
  align(alignment: number): number {
    this.#position += -this.#position & (alignment - 1);
    return this.#position;
  }

  /** One value for each complete type of the signature. */
  read(signature: string): readonly DbusValue[] {
    return completeTypes(signature).map(type => this.#value(type));
  }

  #value(type: string): DbusValue {
    if (this.#depth >= maxDepth) throw new DbusFormatError('values nested too deep');
    this.align(alignmentOf(type));
    this.#depth += 1;
    const value = this.#aligned(type);
    this.#depth -= 1;
    return value;
  }

  #aligned(type: string): DbusValue {
    const little = this.#littleEndian;
    switch (type.charAt(0)) {
      case 'y':
        return this.#take(1).readUInt8();
      case 'n':
        return little ? this.#take(2).readInt16LE() : this.#take(2).readInt16BE();
      case 'q':
        return little ? this.#take(2).readUInt16LE() : this.#take(2).readUInt16BE();
      case 'i':
        return little ? this.#take(4).readInt32LE() : this.#take(4).readInt32BE();
      case 'u':
      case 'h':
        return this.#unsigned();
      case 'x':
        return little ? this.#take(8).readBigInt64LE() : this.#take(8).readBigInt64BE();
      case 't':
        return little ? this.#take(8).readBigUInt64LE() : this.#take(8).readBigUInt64BE();
      case 'd':
        return little ? this.#take(8).readDoubleLE() : this.#take(8).readDoubleBE();
      case 'b':
        return this.#boolean();
      case 's':
      case 'o':
        return this.#text(this.#unsigned());
      case 'g':
        return this.#text(this.#take(1).readUInt8());
      case 'v':
        return this.#variant();
      case 'a':
        return this.#array(type.slice(1));
      default:
        return this.read(type.slice(1, -1));
    }
  }

  #unsigned(): number {
    return this.#littleEndian ? this.#take(4).readUInt32LE() : this.#take(4).readUInt32BE();
  }

  #boolean(): boolean {
    const value = this.#unsigned();
    if (value > 1) throw new DbusFormatError('a boolean that is neither 0 nor 1');
    return value === 1;
  }

  #text(length: number): string {
    const bytes = this.#take(length + 1);
    if (bytes.indexOf(0) !== length) throw new DbusFormatError('a string without its end');
    return bytes.toString('utf8', 0, length);
  }

  #variant(): DbusValue {
    const types = completeTypes(this.#text(this.#take(1).readUInt8()));
    const type = types[0];
    if (type === undefined || types.length > 1)
      throw new DbusFormatError('a variant of other than one value');
    return this.#value(type);
  }

  #array(element: string): readonly DbusValue[] {
    const length = this.#unsigned();
    const end = this.align(alignmentOf(element)) + length;
    const values: DbusValue[] = [];
    while (this.#position < end) values.push(this.#value(element));
    if (this.#position !== end) throw new DbusFormatError('an array that ends inside an element');
    return values;
  }

  #take(length: number): Buffer {
    const end = this.#position + length;
    if (end > this.#bytes.length) throw new DbusFormatError('a value longer than its message');
    const taken = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return taken;
  }
}

/** A value with its D-Bus type; the values of arrays, structs and variants are typed themselves. */
export interface Typed {
  readonly type: string;
  readonly value: number | bigint | boolean | string | Typed | readonly Typed[];
}

/** Writes values as the D-Bus specification has it ("Marshaling"), apart from the code under test: a big, slow, plain list of bytes. */
export function marshal(values: readonly Typed[], littleEndian: boolean): Buffer {
  const bytes: number[] = [];
  for (const value of values) put(bytes, value, littleEndian);
  return Buffer.from(bytes);
}

const sizes: Readonly<Record<string, number>> = { y: 1, n: 2, q: 2, b: 4, i: 4, u: 4, x: 8, t: 8, d: 8 };

function alignment(type: string): number {
  const first = type.charAt(0);
  if (first === '(' || first === '{') return 8;
  if (first === 'v' || first === 'g') return 1;
  return sizes[first] ?? 4;
}

function pad(bytes: number[], to: number): void {
  while (bytes.length % to !== 0) bytes.push(0);
}

export function isListOfTyped(value: Typed['value']): value is readonly Typed[] {
  return Array.isArray(value);
}

export function isTyped(value: Typed['value']): value is Typed {
  return typeof value === 'object' && 'type' in value;
}

function put(bytes: number[], { type, value }: Typed, little: boolean): void {
  pad(bytes, alignment(type));
  if (isListOfTyped(value)) {
    if (type.startsWith('a')) putArray(bytes, type, value, little);
    else putAll(bytes, value, little);
  } else if (isTyped(value)) {
    bytes.push(value.type.length, ...Buffer.from(`${value.type}\0`));
    put(bytes, value, little);
  } else if (typeof value === 'string') {
    const utf8 = Buffer.from(value);
    putNumber(bytes, 'u', utf8.length, little);
    bytes.push(...utf8, 0);
  } else {
    putNumber(bytes, type, value, little);
  }
}

function putAll(bytes: number[], values: readonly Typed[], little: boolean): void {
  for (const value of values) put(bytes, value, little);
}

function putArray(bytes: number[], type: string, values: readonly Typed[], little: boolean): void {
  const lengthAt = bytes.length;
  bytes.push(0, 0, 0, 0);
  pad(bytes, alignment(type.slice(1)));
  const start = bytes.length;
  putAll(bytes, values, little);
  const length: number[] = [];
  putNumber(length, 'u', bytes.length - start, little);
  bytes.splice(lengthAt, 4, ...length);
}

function putNumber(bytes: number[], type: string, value: number | bigint | boolean, little: boolean): void {
  const size = sizes[type] ?? 4;
  const view = new DataView(new ArrayBuffer(8));
  if (type === 'd') view.setFloat64(0, Number(value), little);
  else if (size === 8) view.setBigInt64(0, BigInt(value), little);
  else if (size === 4) view.setUint32(0, Number(value), little);
  else if (size === 2) view.setUint16(0, Number(value), little);
  else view.setUint8(0, Number(value));
  bytes.push(...new Uint8Array(view.buffer).subarray(0, size));
}

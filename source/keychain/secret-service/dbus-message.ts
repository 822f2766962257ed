import { DbusFormatError, DbusReader, type DbusValue, isList } from './dbus-values.ts';

/** A method call whose arguments are all strings, which is all that castkeys asks. */
export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly arguments: readonly string[];
}

/** A message off the bus, as far as it matters here: what it answers, and its values. */
export interface DbusMessage {
  readonly kind: 'return' | 'error' | 'other';
  /** Serial of the call this answers. */
  readonly replyTo: number | undefined;
  /** `org.freedesktop.DBus.Error.…` of an error. */
  readonly errorName: string | undefined;
  readonly body: readonly DbusValue[];
}

/** The specification allows 128 MiB; an answer to one of our questions has a few KiB. */
const maxMessageBytes = 1024 * 1024;

const fixedHeaderBytes = 16;
const field = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  signature: 8,
} as const;
const kinds: Readonly<Record<number, DbusMessage['kind']>> = { 2: 'return', 3: 'error' };

/** The bytes of a method call, little-endian. `serial` is any number above 0, not used before on the connection. */
export function encodeCall(call: MethodCall, serial: number): Buffer {
  const body = joined(4, call.arguments.map(stringBytes));
  const signature = signatureBytes('s'.repeat(call.arguments.length));
  const fields = joined(8, [
    headerField(field.path, 'o', stringBytes(call.path)),
    headerField(field.interface, 's', stringBytes(call.interface)),
    headerField(field.member, 's', stringBytes(call.member)),
    headerField(field.destination, 's', stringBytes(call.destination)),
    ...(call.arguments.length > 0 ? [headerField(field.signature, 'g', signature)] : []),
  ]);
  const fixed = Buffer.alloc(fixedHeaderBytes);
  fixed.write('l\x01\x00\x01', 'latin1');
  fixed.writeUInt32LE(body.length, 4);
  fixed.writeUInt32LE(serial, 8);
  fixed.writeUInt32LE(fields.length, 12);
  return joined(8, [Buffer.concat([fixed, fields]), body]);
}

/**
 * The first message in `bytes` and how many bytes it took, or `undefined` while it isn't there as a whole.
 * Throws a {@link DbusFormatError} for anything that is no D-Bus message.
 */
export function decodeMessage(
  bytes: Buffer,
): { readonly message: DbusMessage; readonly length: number } | undefined {
  if (bytes.length < fixedHeaderBytes) return undefined;
  const endian = String.fromCharCode(bytes.readUInt8(0));
  if (endian !== 'l' && endian !== 'B') throw new DbusFormatError('unknown byte order');
  if (bytes.readUInt8(3) !== 1) throw new DbusFormatError('unknown protocol version');
  const little = endian === 'l';
  const lengthAt = (offset: number) => (little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset));
  const bodyStart = roundUp(fixedHeaderBytes + lengthAt(12), 8);
  const length = bodyStart + lengthAt(4);
  if (length > maxMessageBytes) throw new DbusFormatError('message too long');
  if (bytes.length < length) return undefined;

  const whole = bytes.subarray(0, length);
  const fields = headerFields(new DbusReader(whole.subarray(0, bodyStart), little, 12));
  const signature = fields.get(field.signature);
  const replyTo = fields.get(field.replySerial);
  const errorName = fields.get(field.errorName);
  const message = {
    kind: kinds[bytes.readUInt8(1)] ?? 'other',
    replyTo: typeof replyTo === 'number' ? replyTo : undefined,
    errorName: typeof errorName === 'string' ? errorName : undefined,
    body: typeof signature === 'string' ? new DbusReader(whole, little, bodyStart).read(signature) : [],
  };
  return { message, length };
}

function headerFields(reader: DbusReader): ReadonlyMap<DbusValue, DbusValue> {
  const fields = new Map<DbusValue, DbusValue>();
  const [list] = reader.read('a(yv)');
  for (const entry of isList(list) ? list : []) {
    const [code, value] = isList(entry) ? entry : [];
    if (code !== undefined && value !== undefined) fields.set(code, value);
  }
  return fields;
}

function headerField(code: number, type: 'o' | 's' | 'g', value: Buffer): Buffer {
  // code, then a variant: its signature (length 1, type, NUL), then the value, which starts at 4 of the field's 8.
  return Buffer.concat([Buffer.from([code, 1, type.charCodeAt(0), 0]), value]);
}

function stringBytes(text: string): Buffer {
  const utf8 = Buffer.from(text, 'utf8');
  if (utf8.includes(0)) throw new DbusFormatError('a string with a NUL in it');
  const bytes = Buffer.alloc(4 + utf8.length + 1);
  bytes.writeUInt32LE(utf8.length);
  utf8.copy(bytes, 4);
  return bytes;
}

function signatureBytes(signature: string): Buffer {
  return Buffer.from(`${String.fromCharCode(signature.length)}${signature}\0`, 'latin1');
}

/** The pieces one after the other, each from the next multiple of `alignment`. */
function joined(alignment: number, pieces: readonly Buffer[]): Buffer {
  return pieces.reduce<Buffer>((bytes, piece) => {
    const padding = Buffer.alloc(roundUp(bytes.length, alignment) - bytes.length);
    return Buffer.concat([bytes, padding, piece]);
  }, Buffer.alloc(0));
}

function roundUp(length: number, alignment: number): number {
  return Math.ceil(length / alignment) * alignment;
}

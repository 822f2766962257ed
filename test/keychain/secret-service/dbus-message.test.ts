import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeCall } from '../../../source/keychain/secret-service/dbus-message.ts';
import {
  completeTypes,
  DbusFormatError,
  DbusReader,
  type DbusValue,
} from '../../../source/keychain/secret-service/dbus-values.ts';
import { isListOfTyped, isTyped, marshal, type Typed } from './marshal.ts';

const text = fc.string({ unit: 'grapheme' }).filter(value => !value.includes('\0'));
const basic: fc.Arbitrary<Typed> = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map(value => ({ type: 'y', value })),
  fc.boolean().map(value => ({ type: 'b', value })),
  fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }).map(value => ({ type: 'n', value })),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(value => ({ type: 'u', value })),
  fc.integer().map(value => ({ type: 'i', value })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(value => ({ type: 'x', value })),
  fc.double({ noNaN: true }).map(value => ({ type: 'd', value })),
  text.map(value => ({ type: 's', value })),
);
const { value: anyValue } = fc.letrec<{ value: Typed }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    basic,
    tie('value').map(inner => ({ type: 'v', value: inner })),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }).map(fields => ({
      type: `(${fields.map(({ type }) => type).join('')})`,
      value: fields,
    })),
    fc.tuple(tie('value'), fc.nat({ max: 3 })).map(([element, count]) => ({
      type: `a${element.type}`,
      value: Array.from({ length: count }, () => element),
    })),
  ),
}));

describe('a message of the bus', () => {
  it('reads back every value of every type, in both byte orders', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 4 }), fc.boolean(), (values, littleEndian) => {
        const signature = values.map(({ type }) => type).join('');
        const reader = new DbusReader(marshal(values, littleEndian), littleEndian);
        expect(reader.read(signature)).toEqual(values.map(plain));
      }),
    );
  });

  it('takes a call apart that was put together for it', () => {
    const call = {
      destination: 'a.b',
      path: '/a/b',
      interface: 'a.b.C',
      member: 'Do',
      arguments: ['x', 'grüße'],
    };
    const bytes = encodeCall(call, 7);
    expect(decodeMessage(bytes)).toEqual({
      length: bytes.length,
      message: { kind: 'other', replyTo: undefined, errorName: undefined, body: ['x', 'grüße'] },
    });
  });

  it('waits for the rest while any part of it is missing, and leaves what follows alone', () => {
    const bytes = encodeCall(
      { destination: 'a.b', path: '/', interface: 'a.b', member: 'M', arguments: ['text'] },
      1,
    );
    for (let length = 0; length < bytes.length; length += 1) {
      expect(decodeMessage(bytes.subarray(0, length))).toBeUndefined();
    }
    expect(decodeMessage(Buffer.concat([bytes, bytes]))?.length).toBe(bytes.length);
  });

  it('answers any bytes at all with a message, with waiting or with a refusal, and nothing else', () => {
    const start = fc.constantFrom('l\x02\x00\x01', 'B\x02\x00\x01', 'l\x03\x00\x01', '');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (prefix, rest) => {
        onlyFormatErrors(() => decodeMessage(Buffer.concat([Buffer.from(prefix, 'latin1'), rest])));
      }),
      { numRuns: 2000 },
    );
  });

  it('survives one changed byte in a real answer', () => {
    const bytes = encodeCall(
      { destination: 'a.b', path: '/', interface: 'a.b', member: 'M', arguments: ['one', 'two'] },
      1,
    );
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }), (position, value) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(value, position);
        onlyFormatErrors(() => decodeMessage(changed));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a length that would have it wait for gigabytes', () => {
    const header = Buffer.from('l\x02\x00\x01\xff\xff\xff\x7f\x01\x00\x00\x00\x00\x00\x00\x00', 'latin1');
    expect(() => decodeMessage(header)).toThrow('too long');
  });

  it('refuses an array longer than its message', () => {
    const reader = new DbusReader(Buffer.from([255, 255, 255, 127, 1, 2, 3, 4]), true);
    expect(() => reader.read('ay')).toThrow(DbusFormatError);
  });

  it('refuses nesting that would overflow the stack, in a signature and in variants', () => {
    expect(() => completeTypes(`${'a'.repeat(100)}y`)).toThrow(DbusFormatError);
    const variants = Buffer.from('\x01v\x00'.repeat(100), 'latin1');
    expect(() => new DbusReader(variants, true).read('v')).toThrow('nested too deep');
  });

  it.each(['(', '()', 'a', 'a{', '(s', 'z', ')', 'a{sv'])('refuses the signature %j', signature => {
    expect(() => completeTypes(signature)).toThrow(DbusFormatError);
  });

  it('has no way to send a string with a NUL in it', () => {
    const call = { destination: 'a.b', path: '/', interface: 'a.b', member: 'M', arguments: ['a\0b'] };
    expect(() => encodeCall(call, 1)).toThrow(DbusFormatError);
  });
});

function onlyFormatErrors(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    expect(error).toBeInstanceOf(DbusFormatError);
  }
}

function plain({ value }: Typed): DbusValue {
  if (isListOfTyped(value)) return value.map(plain);
  return isTyped(value) ? plain(value) : value;
}

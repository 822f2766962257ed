import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signPayload, verifyWebhookSignature } from '../../../source/webhooks/webhooks.ts';
import { rfc4231 } from '../fixtures/rfc-4231.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

describe('verifyWebhookSignature', () => {
  it.each(rfc4231)('agrees with RFC 4231, case $number', ({ key, data, mac, isTruncated }) => {
    expect(verifyWebhookSignature(bytes(data), mac, bytes(key))).toBe(!isTruncated);
    expect(createHmac('sha256', bytes(key)).update(bytes(data)).digest('hex')).toContain(mac);
  });

  const { groups } = JSON.parse(
    readFileSync('test/webhooks/fixtures/wycheproof-hmac-sha256.json', 'utf8'),
  ) as { groups: { keyBits: number; tagBits: number; vectors: [string, string, string, boolean][] }[] };

  it('has all of Wycheproof to agree with', () => {
    expect(groups.flatMap(({ vectors }) => vectors)).toHaveLength(174);
  });

  it.each(groups)(
    'agrees with Wycheproof, keys of $keyBits bits, tags of $tagBits',
    ({ tagBits, vectors }) => {
      for (const [key, message, tag, isValid] of vectors) {
        const verdict = (signature: string) => verifyWebhookSignature(bytes(message), signature, bytes(key));
        // A truncated tag is easier to guess, and nobody who signs webhooks sends one.
        const expected = isValid && tagBits === 256;
        expect(verdict(tag)).toBe(expected);
        expect(verdict(bytes(tag).toString('base64'))).toBe(expected);
      }
    },
  );

  const secret = 'a secret that somebody made up';
  const body = '{"id":"1","text":"für Ångström"}\r\n';
  const mac = createHmac('sha256', secret).update(body).digest();

  it.each([
    ['hex', mac.toString('hex')],
    ['hex in capitals', mac.toString('hex').toUpperCase()],
    ['base64', mac.toString('base64')],
    ['base64 without padding', mac.toString('base64').replace('=', '')],
    ['base64url', mac.toString('base64url')],
  ])('takes %s, with and without sha256=', (_form, signature) => {
    for (const given of [signature, `sha256=${signature}`]) {
      expect(verifyWebhookSignature(body, given, secret)).toBe(true);
      expect(verifyWebhookSignature(Buffer.from(body), given, Buffer.from(secret))).toBe(true);
      expect(verifyWebhookSignature(` ${body}`, given, secret)).toBe(false);
      expect(verifyWebhookSignature(body, given, `${secret} `)).toBe(false);
    }
  });

  it('is false for every single bit that is another', () => {
    for (let bit = 0; bit < 256; bit += 1) {
      const altered = Buffer.from(mac);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(verifyWebhookSignature(body, altered.toString('hex'), secret)).toBe(false);
    }
  });

  const hex = mac.toString('hex');
  it.each([
    ['nothing', ''],
    ['only the prefix', 'sha256='],
    ['the prefix twice', `sha256=sha256=${hex}`],
    ['another algorithm', `sha1=${hex}`],
    ['one digit less', hex.slice(1)],
    ['one digit more', `${hex}0`],
    ['truncated', hex.slice(0, 32)],
    ['white space before it', ` ${hex}`],
    ['a line break after it', `${hex}\n`],
    ['no hex digits', 'g'.repeat(64)],
    [
      'wide digits that end in the same bytes',
      [...hex].map(digit => String.fromCharCode(digit.charCodeAt(0) + 0x100)).join(''),
    ],
    ['a base64 text of the same bytes that is not canonical', nonCanonical(mac.toString('base64'))],
    ['two of them', `${hex}, ${hex}`],
    ['undefined', undefined],
    ['null', null],
  ])('is false for %s', (_what, signature) => {
    expect(verifyWebhookSignature(body, signature, secret)).toBe(false);
  });

  it('is false for any signature under an empty secret, which anybody knows', () => {
    const signature = createHmac('sha256', '').update(body).digest('hex');
    expect(verifyWebhookSignature(body, signature, '')).toBe(false);
    expect(verifyWebhookSignature(body, signature, new Uint8Array())).toBe(false);
    expect(() => signPayload(body, '')).toThrow(TypeError);
  });

  it('never throws: 100,000 inputs of any type', { timeout: 300_000 }, () => {
    const anything = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withTypedArray: true,
        withNullPrototype: true,
        withSparseArray: true,
        maxDepth: 1,
      }),
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc.stringMatching(/^(sha256=)?[0-9a-fA-F]{60,68}$/),
      fc.base64String({ minLength: 40, maxLength: 48 }),
      fc.uint8Array({ maxLength: 64 }),
      fc.constantFrom(transferred(), Object.create(Uint8Array.prototype), new Proxy(new Uint8Array(4), {})),
    );
    fc.assert(
      fc.property(anything, anything, anything, (...given) => {
        expect(Reflect.apply(verifyWebhookSignature, undefined, given)).toBe(false);
      }),
      { numRuns: 100_000 },
    );
  });

  it('is true for whatever was signed, and for nothing else', () => {
    const payload = fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array());
    const key = fc.oneof(fc.string({ minLength: 1 }), fc.uint8Array({ minLength: 1 }));
    fc.assert(
      fc.property(payload, payload, key, (signed, other, secretOfBoth) => {
        const signature = signPayload(signed, secretOfBoth);
        expect(verifyWebhookSignature(signed, signature, secretOfBoth)).toBe(true);
        const isSame = Buffer.from(signed).equals(Buffer.from(other));
        expect(verifyWebhookSignature(other, signature, secretOfBoth)).toBe(isSame);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The last character before the padding has two bits that no byte needs. */
function nonCanonical(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = alphabet.indexOf(text.charAt(42));
  return `${text.slice(0, 42)}${alphabet.charAt(last | 1)}=`;
}

function transferred(): Uint8Array {
  const buffer = new Uint8Array(8);
  structuredClone(buffer, { transfer: [buffer.buffer] });
  return buffer;
}

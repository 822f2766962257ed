import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../source/keychain/secret.ts';
import { type Hiding, maskerOf } from '../../source/masking/masking.ts';
import { formsOf as everyFormOf } from '../support/canary.ts';
import { aKey } from '../support/install.ts';

const key = new Secret(['castai', 'v1', '0123456789abcdef'.repeat(4), 'feedc0de'].join('_'));
/** A key from before there was a prefix. */
const old = new Secret('Zq7-old/key+of~unusual"shape');
const encoded: Hiding = { secrets: [key], forms: 'encoded' };

function masked(chunks: readonly (string | Buffer)[], hiding: Hiding = encoded): Buffer {
  const masker = maskerOf(hiding);
  return Buffer.concat([...chunks.map(chunk => masker.push(Buffer.from(chunk))), masker.end()]);
}

const text = (chunks: readonly (string | Buffer)[], hiding?: Hiding) => masked(chunks, hiding).toString();

const value = key.reveal();
const base64 = (before: string) => Buffer.from(`${before}${value}\n`).toString('base64');

describe('what passes a masker', () => {
  it('shows no key, and everything else as it was', () => {
    expect(text([`before ${value} after ${value}.\n`])).toBe(
      'before castai_v1_******** after castai_v1_********.\n',
    );
    expect(text(['castai_v1_ and castai_v1_0123 and cast\n'])).toBe(
      'castai_v1_ and castai_v1_0123 and cast\n',
    );
  });

  it.each([
    ['base64', base64('')],
    ['base64 behind one byte', base64('u')],
    ['base64 behind two bytes', base64('u:')],
    ['base64 for URLs', Buffer.from(value).toString('base64url')],
    ['base64 in lines of 76', base64('user:').replaceAll(/.{76}/g, '$&\n')],
    ['hexadecimal', Buffer.from(value).toString('hex')],
    ['hexadecimal in capitals', Buffer.from(value).toString('hex').toUpperCase()],
    ['UTF-16', Buffer.from(value, 'utf16le')],
    ['UTF-16, the other way round', Buffer.from(value, 'utf16le').swap16()],
  ])('shows no key in %s', (_, written) => {
    const passed = masked(['<', written, '>']);
    expect(passed.toString()).toMatch(/^<.*\*{8}.*>$/s);
    const part = Buffer.from(written);
    expect(passed.includes(part.subarray(-60, -20))).toBe(false);
  });

  it('shows no key of an older shape, escaped or not', () => {
    const hiding: Hiding = { secrets: [old], forms: 'encoded' };
    const ways = [old.reveal(), encodeURIComponent(old.reveal()), JSON.stringify(old.reveal())];
    expect(text([ways.join(' ')], hiding)).toBe('******** ******** "********"');
  });

  it('hides the beginning of a key where the output breaks off', () => {
    expect(text([value.slice(0, 40)])).toBe('castai_v1_********');
    expect(text([base64('').slice(0, 60)])).toMatch(/^\w{13}\*{8}$/);
  });

  it('hides a good part of a key, and leaves a preview', () => {
    expect(text([`${value.slice(0, 50)}… ${value.slice(0, 14)}…`])).toBe(
      `castai_v1_********… ${value.slice(0, 14)}…`,
    );
  });

  it('hides any key there is, where it is told to', () => {
    const hiding: Hiding = { secrets: [], forms: 'plain', anyKey: true };
    expect(text([`{"token":"${aKey('x').reveal()}"}`], hiding)).toBe('{"token":"castai_v1_********"}');
  });

  it('keeps the length, where it is told to', () => {
    const hiding: Hiding = { secrets: [key, old], forms: 'plain', anyKey: true, keepsLength: true };
    const said = `${aKey('x').reveal()} ${value} ${old.reveal()}`;
    const passed = text([said], hiding);
    expect(passed).toHaveLength(said.length);
    expect(passed).toMatch(/^castai_v1_\*{73} castai_v1_\*{73} \*{28}$/);
  });
});

describe('a masker delays', () => {
  it('no line, and no prompt', () => {
    const masker = maskerOf(encoded);
    for (const said of ['one\n', 'c', 'ast your vote: ', 'castai_v1_', '\n', 'Y2FzdGFpX3Yx', 'no key\n']) {
      expect(masker.push(Buffer.from(said)).toString()).toBe(said);
    }
  });

  it('what so far is a key, and only that', () => {
    const masker = maskerOf(encoded);
    expect(masker.push(Buffer.from(`the key: ${value.slice(0, 20)}`)).toString()).toBe('the key: castai_v1_');
    expect(masker.push(Buffer.from(value.slice(20, 50))).toString()).toBe('');
    expect(masker.push(Buffer.from(value.slice(50))).toString()).toBe('********');
    expect(masker.push(Buffer.from(` ${value.slice(0, 20)}`)).toString()).toBe(' castai_v1_');
    expect(masker.push(Buffer.from(' was none')).toString()).toBe(`${value.slice(10, 20)} was none`);
  });
});

describe('however the chunks are cut', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        ...[key, old].flatMap(one => everyFormOf(one.reveal())),
        'castai_v1_',
        value.slice(0, 30),
      ),
    ),
    { maxLength: 6 },
  );
  const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 });
  const chunksOf = (data: Buffer, sizes: readonly number[]): readonly Buffer[] => {
    const chunks: Buffer[] = [];
    for (let at = 0, turn = 0; at < data.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      chunks.push(data.subarray(at, at + size));
      at += size;
    }
    return chunks;
  };

  it.each(['plain', 'encoded'] as const)('the same comes out (%s forms)', forms => {
    const hiding: Hiding = { secrets: [key], forms, anyKey: true };
    fc.assert(
      fc.property(pieces, cuts, (said, sizes) => {
        const whole = Buffer.concat(said.map(piece => Buffer.from(piece)));
        expect(masked(chunksOf(whole, sizes), hiding)).toEqual(masked([whole], hiding));
      }),
      { numRuns: 500 },
    );
  });

  it('no form of a key comes out, and the length stays where it is kept', () => {
    const hiding: Hiding = { secrets: [key, old], forms: 'encoded', keepsLength: true };
    fc.assert(
      fc.property(pieces, cuts, (said, sizes) => {
        const whole = Buffer.concat(said.map(piece => Buffer.from(piece)));
        const passed = masked(chunksOf(whole, sizes), hiding);
        expect(passed).toHaveLength(whole.length);
        for (const secret of [key, old]) {
          for (const form of everyFormOf(secret.reveal())) expect(passed.includes(form)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});

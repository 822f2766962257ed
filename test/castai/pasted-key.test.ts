import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeKey, readPastedKey, redactKeys, strictKey } from '../../source/castai/castai.ts';
import { madeUpKey } from './support/client.ts';

const key = madeUpKey();

/** What was read, in the open. */
function read(text: string): { value: string; warning?: string } | { problem: string } {
  const pasted = readPastedKey(text);
  if ('problem' in pasted) return pasted;
  return { value: pasted.secret.reveal(), ...(pasted.warning && { warning: pasted.warning }) };
}

describe('the shape of a key', () => {
  it('is told apart from anything else, without judging it', () => {
    expect(looksLikeKey(key)).toBe('current');
    expect(looksLikeKey(` ${key}`)).toBe('unusual');
    expect(looksLikeKey(`${key}0`)).toBe('unusual');
    expect(looksLikeKey('an-older-key')).toBe('unusual');
  });

  it('is found inside other text, at word boundaries', () => {
    expect(strictKey.exec(`token: "${key}",`)?.[0]).toBe(key);
    expect(strictKey.test(`x${key}`)).toBe(false);
    expect(strictKey.test(`${key}_`)).toBe(false);
  });

  it('is masked, whole or cut off, as often as it occurs', () => {
    const text = redactKeys(`a ${key} b ${key.slice(0, 30)}`);
    expect(text).not.toContain('aaaa');
    expect(text.match(/castai_v1_\*{8}/g)).toHaveLength(2);
  });
});

describe('a pasted key', () => {
  it.each([
    ['as it is', key],
    ['with its trailing newline', `${key}\r\n`],
    ['with white space and a byte order mark around it', `\ufeff  ${key}\t\n`],
  ])('is taken %s', (_how, text) => {
    expect(read(text)).toEqual({ value: key });
  });

  it.each(['"', "'", '`'])('is taken out of quotes, and that is said: %s', quote => {
    expect(read(`${quote}${key}${quote}\n`)).toEqual({
      value: key,
      warning: expect.stringContaining('quotes'),
    });
  });

  it('of an unusual shape is taken with a warning', () => {
    expect(read('an-older-key+base64==')).toEqual({
      value: 'an-older-key+base64==',
      warning: expect.stringContaining('shape'),
    });
  });

  it.each([
    ['nothing', ' \n', 'nothing here'],
    ['empty quotes', '""', 'nothing here'],
    ['a dotenv line', `CASTAI_API_TOKEN=${key}`, 'after the equals sign'],
    ['an exported line', `export CASTAI_API_KEY="${key}"`, 'after the equals sign'],
    ['a Terraform line', `api_token = "${key}"`, 'after the equals sign'],
    ['a header', `X-API-Key: ${key}`, 'after the colon'],
    ['two lines', `${key}\n${key}`, 'more than one line'],
    ['a bearer token', `Bearer ${key}`, 'white space inside'],
    ['a no-break space', `${key.slice(0, 40)}\u00a0${key.slice(40)}`, 'white space inside'],
    ['a NUL', `${key}\0x`, 'control character'],
    ['an escape sequence', `\x1b[200~${key}`, 'control character'],
    ['a letter of another script', `${key.slice(0, -1)}а`, 'no key holds'],
    ['a zero-width space', `${key.slice(0, 40)}\u200b${key.slice(40)}`, 'no key holds'],
    ['one quote', `"${key}`, 'quotation mark'],
    ['a file', 'x'.repeat(513), 'longer than 512'],
  ])('is refused with words when it is %s', (_what, text, problem) => {
    expect(read(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('never comes back in what is said about it', () => {
    const mangled = fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before}${key}${after}`);
    fc.assert(
      fc.property(mangled, text => {
        expect(JSON.stringify(readPastedKey(text))).not.toContain('aaaa');
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { openText, pressText, type TextInput } from '../../../../source/frontends/ink/inputs/text-input.ts';
import type { Key, KeyName } from '../../../../source/frontends/ink/keys.ts';
import { splitKeys } from '../../../../source/frontends/ink/split-keys.ts';

const named = (name: KeyName): Key => ({ type: 'key', name });
const paste = (text: string): Key => ({ type: 'paste', text });

/** The input after keys, with the cursor as `|`. */
function pressing(start: TextInput, ...keys: readonly (Key | string)[]): string {
  const all = keys.flatMap(key => (typeof key === 'string' ? splitKeys(key) : [key]));
  const { before, after: behind } = all.reduce(pressText, start);
  return `${before}|${behind}`;
}

const empty = openText(undefined);

describe('a line of text', () => {
  it('takes characters where the cursor is', () => {
    expect(pressing(empty, 'staing', named('left'), named('left'), named('left'), 'g')).toBe('stag|ing');
  });

  it('starts with what was typed before the person came back', () => {
    expect(pressing(openText('staging'), '-2')).toBe('staging-2|');
  });

  it('goes to both ends, and no further', () => {
    expect(pressing(empty, 'abc', named('home'), named('left'), 'x')).toBe('x|abc');
    expect(pressing(empty, 'abc', named('ctrl-a'), named('ctrl-e'), named('right'), 'x')).toBe('abcx|');
  });

  it.each([
    ['backspace', 'one tw| three'],
    ['delete', 'one two|three'],
    ['ctrl-w', 'one | three'],
    ['ctrl-u', '| three'],
    ['ctrl-k', 'one two|'],
  ] as const)('%s erases its part', (name, expected) => {
    const start: TextInput = { kind: 'text', before: 'one two', after: ' three' };
    expect(pressing(start, named(name))).toBe(expected);
  });

  it('erases a character as a person counts, accents and skin tones included', () => {
    expect(pressing(empty, 'é\u0301', named('backspace'))).toBe('|');
    expect(pressing(empty, 'a👍🏽', named('backspace'))).toBe('a|');
  });

  it('takes a paste without its line breaks and without anything a terminal would act on', () => {
    expect(pressing(empty, paste('https://api\n.example.com\r\n'))).toBe('https://api.example.com|');
    expect(pressing(empty, paste('a\x1b[31mb\x07\x1b]0;title\x07c'))).toBe('abc|');
  });

  it('holds no more than fits a frame', () => {
    expect(pressing(empty, paste('x'.repeat(1_000_000))).length).toBeLessThan(1000);
  });

  it('ignores keys that mean nothing here', () => {
    expect(pressing(empty, 'a', named('tab'), named('up'), named('ctrl-t'))).toBe('a|');
  });
});

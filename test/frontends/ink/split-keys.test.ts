import { describe, expect, it } from 'vitest';
import { splitKeys } from '../../../source/frontends/ink/split-keys.ts';

/** Characters as they are, keys in angle brackets. */
const written = (chunk: string) =>
  splitKeys(chunk)
    .map(key => (key.type === 'key' ? `<${key.name}>` : key.text))
    .join('');

describe('a chunk of terminal input', () => {
  it.each([
    ['abc\r', 'abc<enter>'],
    ['y\r', 'y<enter>'],
    ['one\ntwo\n', 'one<enter>two<enter>'],
    ['one\r\ntwo', 'one<enter>two'],
    ['a\tb', 'a<tab>b'],
    ['ab\x7f', 'ab<backspace>'],
    ['\x15new', '<ctrl-u>new'],
    ['\x1b', '<escape>'],
    ['é👍', 'é👍'],
  ])('%j is %s', (chunk, keys) => {
    expect(written(chunk)).toBe(keys);
  });
});

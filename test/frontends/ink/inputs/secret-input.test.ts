import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  emptySecret,
  pressSecret,
  type SecretInput,
  typedInto,
} from '../../../../source/frontends/ink/inputs/secret-input.ts';
import type { Key, KeyName } from '../../../../source/frontends/ink/keys.ts';
import { splitKeys } from '../../../../source/frontends/ink/split-keys.ts';

const named = (name: KeyName): Key => ({ type: 'key', name });
const paste = (text: string): Key => ({ type: 'paste', text });
const pressAll = (keys: readonly Key[]): SecretInput => keys.reduce(pressSecret, emptySecret);
const pressing = (...keys: readonly Key[]) => pressAll(keys);

describe('a secret being typed', () => {
  it('is what was typed and pasted, in order', () => {
    expect(typedInto(pressing(...splitKeys('abc'), paste('def'), ...splitKeys('g')))).toBe('abcdefg');
  });

  it('loses the line end a copied line brings along, and nothing from inside', () => {
    expect(typedInto(pressing(paste('one two\nthree\r\n')))).toBe('one two\nthree');
  });

  it.each(['ctrl-u', 'ctrl-w'] as const)('is cleared by %s', name => {
    expect(pressing(paste('abc'), named(name))).toBe(emptySecret);
  });

  it('can be erased until nothing is left', () => {
    expect(pressing(paste('ab'), named('backspace'), named('backspace'))).toEqual(emptySecret);
  });

  it.each(['ctrl-t', 'ctrl-r', 'tab', 'up', 'left'] as const)('is neither shown nor changed by %s', name => {
    expect(typedInto(pressing(paste('abc'), named(name)))).toBe('abc');
  });

  it('keeps one character more than the limit of an endless paste, quickly, so that it is refused', () => {
    const million = 'x'.repeat(1_000_000);
    expect(typedInto(pressing(paste(million))).length).toBe(65_537);
    expect(typedInto(pressAll(splitKeys(million))).length).toBe(65_537);
  });

  it('masks itself wherever the state is printed', () => {
    const state = pressing(paste('hunter22'));
    expect(inspect(state, { depth: null }) + JSON.stringify(state)).not.toContain('hunter22');
  });
});

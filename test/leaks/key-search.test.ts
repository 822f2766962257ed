import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeySearch } from '../../source/leaks/spelling/key-search.ts';
import { keyOf, nearMisses, writings } from './support/keys.ts';

const own = keyOf('own');
/** An old key: without the prefix, and with what base64url has. */
const odd = `${randomBytes(18).toString('base64url')}-_x`;

/** What is found in bytes that a key stands in, at each of the four places a word of memory can begin. */
function foundIn(search: KeySearch, written: string | Buffer): readonly string[] {
  const all = [0, 1, 2, 3].map(shift => {
    const bytes = Buffer.concat([Buffer.from(`${'#'.repeat(shift)}\n`), Buffer.from(written as string)]);
    return [...new Set(search.find(bytes).map(({ value, encoding }) => `${encoding} ${value}`))].join();
  });
  return [...new Set(all)];
}

describe.each(writings)('%s: %s', (encoding, _, write) => {
  const search = new KeySearch([own, odd]);

  it('is seen through, for an own key, an own key of another shape, and any key of this shape', () => {
    const other = keyOf('other');
    expect(foundIn(search, write(own))).toEqual([`${encoding} ${own}`]);
    expect(foundIn(search, write(other))).toEqual([`${encoding} ${other}`]);
    const [found = ''] = foundIn(search, write(odd));
    // Shorter than a line, it may not be wrapped at all.
    expect(found).toMatch(new RegExp(`^(${encoding}|plain) ${odd}$`));
  });

  it('is left alone where it nearly is a key', () => {
    for (const miss of [
      ...nearMisses(own),
      ...nearMisses(keyOf('other')),
      odd.slice(0, -1),
      `x${odd.slice(1)}`,
    ])
      expect(foundIn(search, write(miss))).toEqual(['']);
  });
});

describe('a key', () => {
  it('is no part of a longer word', () => {
    const search = new KeySearch([]);
    const key = keyOf('any');
    for (const text of [`x${key}`, `${key}0`, `${key}_`, `_${key}`])
      expect(search.find(Buffer.from(text))).toEqual([]);
  });

  it('of our own is found by value, whatever stands around it', () => {
    const search = new KeySearch([own, odd]);
    for (const text of [`x${own}0`, `${odd}${odd}`])
      expect(new Set(search.find(Buffer.from(text)).map(({ value }) => value))).toEqual(
        new Set([text.includes(own) ? own : odd]),
      );
  });

  it('of our own is found where a line break parts its beginning', () => {
    const search = new KeySearch([own]);
    for (let at = 1; at < 20; at += 1) {
      const found = search.find(Buffer.from(`KEY=${own.slice(0, at)}\n${own.slice(at)}\n`));
      expect(found.map(({ value, encoding }) => `${encoding} ${value}`)).toContain(`wrapped ${own}`);
    }
  });

  it('is found among any bytes, and nothing else is', () => {
    const search = new KeySearch([own]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (before, behind) => {
        const around = Buffer.concat([before, behind]);
        expect(search.find(around)).toEqual([]);
        const bytes = Buffer.concat([before, Buffer.from(own), behind]);
        expect(search.find(bytes)).toContainEqual({ value: own, encoding: 'plain', at: expect.any(Number) });
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../source/profiles/config.ts';
import { profileNameProblem } from '../../source/profiles/profiles.ts';
import { aConfig, aProfile } from './support/configs.ts';

describe('a profile name', () => {
  it.each(['production', 'p', '1', 'eu-west.2_b', 'toString', 'x'.repeat(63)])('can be %s', name => {
    expect(profileNameProblem(name)).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(64)],
    ['300 characters long', 'x'.repeat(300)],
    ['with a slash', 'a/b'],
    ['that leads elsewhere', '../up'],
    ['of a hidden file', '.hidden'],
    ['of an option', '-rf'],
    ['with a space', 'my profile'],
    ['with a line break', 'a\nb'],
    ['that ends in a line break', 'a\n'],
    ['with an escape sequence', '\u001b[2Jx'],
    ['with a NUL', 'a\0'],
    ['with an emoji', 'prod🔥'],
    ['with letters of another script', 'прод'],
    ['that reads backwards', 'a\u202eb'],
    ['every object has', 'constructor'],
    ['every object has, too', '__proto__'],
    ['some objects have', 'prototype'],
  ])('%s is refused, without repeating it', (_what, name) => {
    const problem = profileNameProblem(name);
    expect(problem).toMatch(/^A profile /);
    if (name.length > 3) expect(problem).not.toContain(name);
  });

  it('that is taken is safe anywhere, and is there again when the file is read', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-zA-Z0-9_.-]{1,70}$/)),
        name => {
          if (profileNameProblem(name) !== undefined) return;
          expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
          expect(name.length).toBeLessThanOrEqual(63);
          const { profiles } = parseConfig(JSON.stringify(aConfig({ [name]: aProfile() })), 'config.json');
          expect(Object.keys(profiles)).toEqual([name]);
        },
      ),
    );
  });

  it('that JavaScript objects come with is there again when the file is read, or refused', () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      if (profileNameProblem(name) !== undefined) continue;
      const { profiles } = parseConfig(JSON.stringify(aConfig({ [name]: aProfile() })), 'config.json');
      expect(Object.keys(profiles)).toEqual([name]);
    }
  });
});

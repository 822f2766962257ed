import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configVersion, parseConfig } from '../../source/profiles/config.ts';
import { aConfig, aProfile } from './support/configs.ts';

const file = '/home/ann/.config/castkeys/config.json';
const parse = (content: unknown) => parseConfig(JSON.stringify(content), file);
const empty = { version: 1, installId: 'x', profiles: {}, credentials: {} };

/** What reading a file fails with. */
function failure(content: string): { code: string; message: string; exitCode: number } {
  try {
    parseConfig(content, file);
  } catch (thrown) {
    return Object(thrown);
  }
  throw new Error('it was read');
}

describe('a config.json', () => {
  it('is read as it was written', () => {
    const config = aConfig(
      {
        staging: aProfile({
          environment: 'staging',
          organization: { id: 'o1', name: 'Örg' },
          slots: { reader: 'c1' },
        }),
      },
      {
        store: 'file',
        activeProfile: 'staging',
        credentials: {
          c1: {
            origin: 'https://api.cast.ai',
            owner: { kind: 'service-account', id: 'sa' },
            addedAt: '2026-01-01T00:00:00.000Z',
            fingerprint: 'f',
            store: 'keychain',
          },
        },
        admins: { 'https://api.cast.ai o1': 'c2' },
      },
    );
    expect(parse(config)).toEqual(config);
  });

  it('of version 0 is brought up to date', () => {
    const old = { installId: 'x', current: 'staging', profiles: { staging: aProfile() }, credentials: {} };
    expect(parse(old)).toEqual({
      version: 1,
      installId: 'x',
      activeProfile: 'staging',
      profiles: { staging: aProfile() },
      credentials: {},
      admins: {},
    });
    expect(parse({ installId: 'x', profiles: {}, credentials: {} })).not.toHaveProperty('activeProfile');
  });

  it.each([configVersion + 1, configVersion + 0.5, 1e9])(
    'of version %d, of a newer castkeys, is left alone',
    version => {
      expect(failure(JSON.stringify({ ...empty, version, future: true }))).toMatchObject({
        code: 'config-newer',
        exitCode: 2,
        message: expect.stringContaining('Nothing was changed.'),
      });
    },
  );

  it.each([
    ['nothing at all', '', 'it is empty'],
    ['white space', ' \n ', 'it is empty'],
    ['half a file', '{"version": 1, "profiles": {', 'it is not JSON'],
    ['no JSON', 'profiles: yes', 'it is not JSON'],
    ['a list', '[]', 'installId'],
    ['null', 'null', 'not a JSON object'],
    ['text', '"config"', 'not a JSON object'],
    ['a number', '1', 'not a JSON object'],
    ['an empty object', '{}', 'installId'],
    ['profiles that are a list', JSON.stringify({ ...empty, profiles: 3 }), 'profiles'],
    ['a profile of the wrong type', JSON.stringify({ ...empty, profiles: { x: 'y' } }), 'profiles.x'],
    [
      'an environment there is not',
      JSON.stringify({ ...empty, profiles: { x: { ...aProfile(), environment: 'moon' } } }),
      'profiles.x.environment',
    ],
    [
      'a scope there is not',
      JSON.stringify({
        ...empty,
        profiles: { x: aProfile({ policy: { ...aProfile().policy, maxAgeDays: 0 } }) },
      }),
      'profiles.x.policy.maxAgeDays',
    ],
    ['an active profile that is no name', JSON.stringify({ ...empty, activeProfile: 7 }), 'activeProfile'],
    [
      'a time that is none',
      JSON.stringify({
        ...empty,
        credentials: { c: { origin: 'o', addedAt: 'yesterday', fingerprint: 'f', store: 'keychain' } },
      }),
      'credentials.c.addedAt',
    ],
  ])('that holds %s is refused, with the place, and nothing is lost', (_what, content, place) => {
    const { code, exitCode, message } = failure(content);
    expect({ code, exitCode }).toEqual({ code: 'config-invalid', exitCode: 2 });
    expect(message).toContain(file);
    expect(message).toContain(place);
    expect(message).toContain('the keys in the keychain are untouched');
  });

  it('whose names every object has is read without harm', () => {
    const profile = JSON.stringify(aProfile());
    const content = `{"version":1,"installId":"x","credentials":{},"profiles":{"__proto__":${profile},"constructor":${profile},"toString":${profile}}}`;
    const { profiles } = parseConfig(content, file);
    expect(Object.getPrototypeOf(profiles)).toBe(Object.prototype);
    expect(Object.keys(profiles)).toEqual(['toString']);
    expect(Object.hasOwn({}, 'environment')).toBe(false);
  });

  it('of whatever kind is either read or refused with a code', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), content => {
        try {
          parseConfig(content, file);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: expect.stringMatching(/^config-(invalid|newer)$/) });
        }
      }),
    );
  });
});

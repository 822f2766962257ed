import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overridden } from '../../source/profiles/policy.ts';
import {
  type Policy,
  parseDays,
  policyInForce,
  type RepositoryPolicy,
  writePin,
} from '../../source/profiles/profiles.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { aProfile } from './support/configs.ts';

let directory: TemporaryDirectory;
beforeEach(() => {
  directory = temporaryDirectory();
  mkdirSync(directory.at('repository', 'below'), { recursive: true });
});
afterEach(() => directory[Symbol.dispose]());

const own: Policy = { scopes: ['read:*'], clusters: ['own'], maxAgeDays: 90, skip: { leaks: 'no git here' } };
const home = () => homeIn(directory.at('home'));
const inForce = (name = 'dev', cwd = directory.at('repository', 'below')) =>
  policyInForce({ home: home(), cwd }, { name, profile: aProfile({ policy: own }) });
const writeFile = (content: unknown) =>
  writeFileSync(
    directory.at('repository', '.castkeys.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
/** What a person does who looked at the file. */
const agree = (profile = 'dev') => writePin(home(), directory.at('repository'), profile, new Date());

describe('the policy that counts', () => {
  it('is the profile’s own, where no repository says anything', () => {
    expect(inForce()).toEqual({ policy: own });
    writeFile({ profile: 'dev' });
    expect(inForce()).toEqual({ policy: own });
  });

  it('is not the repository’s until a person agreed to it, and says so', async () => {
    writeFile({ policy: { maxAgeDays: 3650, skip: { 'key-age': 'we never rotate' } } });
    expect(inForce()).toEqual({
      policy: own,
      passedOver: expect.stringMatching(/nobody here agreed to it.*: castkeys use dev --here$/),
    });
    await agree();
    expect(inForce()).toEqual({
      policy: { ...own, maxAgeDays: 3650, skip: { leaks: 'no git here', 'key-age': 'we never rotate' } },
    });
  });

  it('is the profile’s own again once the file says something else', async () => {
    writeFile({ policy: { maxAgeDays: 3650 } });
    await agree();
    writeFile({ profile: 'dev', policy: { maxAgeDays: 3650, skip: { leaks: 'quiet' } } });
    expect(inForce()).toMatchObject({ policy: own, passedOver: expect.any(String) });
  });

  it('is not changed by a file that pins another profile', async () => {
    writeFile({ policy: { scopes: ['admin:*'] } });
    await agree('dev');
    expect(inForce('production')).toEqual({ policy: own });
  });

  it.each([
    ['is no JSON', '{'],
    ['misspells a name', { policy: { maxAge: 5 } }],
    ['names a scope there is not', { policy: { scopes: ['write'] } }],
    ['skips a check without a reason', { policy: { skip: { leaks: ' ' } } }],
    ['wants an age of no days', { policy: { maxAgeDays: 0 } }],
    ['is a list', []],
  ])('is the profile’s own where the file %s, and says so', (_what, content) => {
    writeFile(content);
    expect(inForce()).toMatchObject({ policy: own, passedOver: expect.stringContaining('.castkeys.json') });
  });

  it('does not carry escape sequences of a repository to a terminal', async () => {
    writeFile({ policy: { skip: { leaks: '\x1b]0;owned\x07calm\x1b[2J' }, clusters: ['c\x1b[1m1'] } });
    await agree();
    expect(inForce().policy).toMatchObject({ skip: { leaks: 'calm' }, clusters: ['c1'] });
  });
});

describe('a policy over another', () => {
  const days = fc.integer({ min: 1, max: 3650 });
  const said = fc.record(
    {
      scopes: fc.array(fc.constantFrom('read:*', 'write:*')),
      clusters: fc.array(fc.constantFrom('a', 'b')),
      maxAgeDays: days,
      expiresInDays: days,
      skip: fc.dictionary(fc.constantFrom('leaks', 'webhook'), fc.constant('a reason')),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<RepositoryPolicy>;

  it('is what it says, and the other where it says nothing', () => {
    fc.assert(
      fc.property(said, policy => {
        const { skip, ...rest } = policy;
        expect(overridden(own, policy)).toEqual({ ...own, ...rest, skip: { ...own.skip, ...skip } });
      }),
    );
  });

  it('said twice is said once', () => {
    fc.assert(
      fc.property(said, policy => {
        expect(overridden(overridden(own, policy), policy)).toEqual(overridden(own, policy));
      }),
    );
  });
});

describe('a number of days', () => {
  it.each(['1', '90', '3650'])('%s is understood', typed => {
    expect(parseDays(typed, '--max-age')).toBe(Number(typed));
  });

  it.each(['0', '3651', '', '-1', '1.5', '9 0', 'ninety', '1e3'])(
    '%j is refused, naming the option',
    typed => {
      expect(() => parseDays(typed, '--expires-in')).toThrow(
        expect.objectContaining({ code: 'usage', next: '--expires-in 90' }),
      );
    },
  );
});

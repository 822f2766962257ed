import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseProfile } from '../../source/profiles/profiles.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { aConfig, aProfile } from './support/configs.ts';

const config = aConfig(
  {
    flagged: aProfile(),
    named: aProfile(),
    pinned: aProfile(),
    active: aProfile(),
    production: aProfile({ environment: 'production' }),
  },
  { activeProfile: 'active' },
);

describe('the profile of a command', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    mkdirSync(directory.at('work'));
    return () => directory[Symbol.dispose]();
  });

  const choose = (given: { flag?: string; env?: NodeJS.ProcessEnv; known?: typeof config | undefined }) =>
    chooseProfile({
      home: homeIn(directory.at('home')),
      config: 'known' in given ? given.known : config,
      env: given.env ?? {},
      cwd: directory.at('work'),
      flag: given.flag,
    });
  const pin = (profile: string) =>
    writeFileSync(directory.at('work', '.castkeys.json'), JSON.stringify({ profile }));

  it('is the one of --profile, else of CASTKEYS_PROFILE, else of the nearest pin, else the active one', () => {
    pin('pinned');
    const env = { CASTKEYS_PROFILE: 'named' };
    expect(choose({ flag: 'flagged', env })).toMatchObject({ name: 'flagged', chosenBy: 'flag' });
    expect(choose({ env })).toMatchObject({ name: 'named', chosenBy: 'environment' });
    expect(choose({ env: { CASTKEYS_PROFILE: '' } })).toMatchObject({ name: 'pinned', chosenBy: 'pin' });
    expect(choose({})).toMatchObject({ name: 'pinned', chosenBy: 'pin' });
  });

  it('is the active one where nothing else is said', () => {
    expect(choose({})).toEqual({ name: 'active', profile: aProfile(), chosenBy: 'active' });
  });

  it.each(['flag', 'env'] as const)('that there is not is an error, not the next best one: by %s', by => {
    pin('pinned');
    const missing = () => choose(by === 'flag' ? { flag: 'moon' } : { env: { CASTKEYS_PROFILE: 'moon' } });
    expect(missing).toThrow(
      expect.objectContaining({
        code: 'profile-unknown',
        exitCode: 2,
        message: 'There is no profile called "moon".',
        next: expect.stringContaining('flagged, named, pinned, active, production'),
      }),
    );
  });

  it('that a pin names and there is not is an error, too', () => {
    pin('moon');
    expect(() => choose({})).toThrow(expect.objectContaining({ code: 'profile-unknown' }));
  });

  it('of an empty --profile is an error: somebody’s variable is not set', () => {
    expect(() => choose({ flag: '' })).toThrow(expect.objectContaining({ code: 'profile-unknown' }));
  });

  it.each(['constructor', '__proto__', 'toString'])('%s is none, though every object has it', name => {
    expect(() => choose({ flag: name })).toThrow(expect.objectContaining({ code: 'profile-unknown' }));
  });

  it('whose unknown name would do something to the terminal is told harmlessly', () => {
    pin('\u009b2Jx\u202e\u001b]0;title\u0007');
    expect(() => choose({})).toThrow(expect.objectContaining({ message: 'There is no profile called "x".' }));
  });

  it('of production that a clone points to, and nobody agreed to, is an error: nothing is done instead', () => {
    pin('production');
    expect(() => choose({})).toThrow(
      expect.objectContaining({
        code: 'pin-untrusted',
        exitCode: 2,
        next: expect.stringContaining('castkeys use production --here'),
      }),
    );
    expect(choose({ flag: 'production' })).toMatchObject({ chosenBy: 'flag' });
    expect(choose({ flag: 'active' })).toMatchObject({ name: 'active' });
  });

  it('does not exist yet on a new machine', () => {
    expect(() => choose({ known: undefined })).toThrow(
      expect.objectContaining({ code: 'profile-missing', exitCode: 2, next: 'castkeys setup' }),
    );
    expect(() => choose({ known: undefined, flag: 'x' })).toThrow(
      expect.objectContaining({ code: 'profile-unknown', next: 'castkeys setup' }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { type CastaiOptions, castai } from '../../source/index.ts';
import { aKey } from '../support/install.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const key = aKey('k').reveal();

/** What a program finds with these variables, where castkeys is not set up. */
function found(env: Readonly<Record<string, string>>, profile?: string, keys?: CastaiOptions['keys']) {
  using directory = temporaryDirectory();
  const {
    keysFrom,
    origin,
    profile: name,
  } = castai(profile, {
    env: { CASTKEYS_HOME: directory.path, ...env },
    cwd: directory.path,
    ...(keys ? { keys } : {}),
  });
  return [keysFrom, name, origin];
}

describe('the keys of a program', () => {
  const broker = {
    CASTKEYS_BROKER: 'http://127.0.0.1:4180',
    CASTKEYS_PROFILE: 'production',
    CASTAI_API_TOKEN: 'castkeys_broker_x',
  };

  it('are a broker’s tokens behind a broker, for the profile it serves', () => {
    expect(found(broker)).toEqual(['broker', 'production', 'http://127.0.0.1:4180']);
    expect(found(broker, 'production')).toEqual(['broker', 'production', 'http://127.0.0.1:4180']);
    expect(() => found(broker, 'staging')).toThrow(expect.objectContaining({ code: 'profile-unknown' }));
  });

  it('are in variables where castkeys is not set up', () => {
    expect(found({ CASTAI_API_KEY: key })).toEqual(['variables', 'ci', 'https://api.cast.ai']);
    expect(found({ CASTAI_WRITE_KEY: key, CASTAI_API_URL: 'https://api.eu.cast.ai' }, 'staging')).toEqual([
      'variables',
      'staging',
      'https://api.eu.cast.ai',
    ]);
  });

  it('are none where variables are for another profile, and where there is nothing', () => {
    const other = { CASTAI_API_KEY: key, CASTKEYS_PROFILE: 'staging' };
    expect(() => found(other, 'production')).toThrow(expect.objectContaining({ code: 'profile-unknown' }));
    expect(() => found({})).toThrow(expect.objectContaining({ code: 'profile-missing' }));
  });

  it('are only where they are wanted', () => {
    expect(() => found({ CASTAI_API_KEY: key }, 'x', 'keychain')).toThrow(/no profile/);
    expect(() => found({ CASTAI_API_KEY: key }, 'x', 'broker')).toThrow(/does not run behind a broker/);
    expect(() => found({}, 'x', 'variables')).toThrow(/No variable holds a key/);
  });

  it('are never repeated where they are none', async () => {
    using directory = temporaryDirectory();
    const env = { CASTKEYS_HOME: directory.path, CASTAI_READ_KEY: `${key} ${key}` };
    const { reader } = castai('x', { env, cwd: directory.path });
    const error = await reader.me().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('CASTAI_READ_KEY holds no key'),
    });
    expect(JSON.stringify(error) + String(error)).not.toContain(key);
  });

  it('are sent nowhere in the clear', () => {
    expect(() => found({ CASTAI_API_KEY: key, CASTAI_API_URL: 'http://api.example' })).toThrow(/unencrypted/);
  });
});

import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../source/commands/run/child-environment.ts';
import { command as run } from '../../../source/commands/run.ts';
import { storeCredential } from '../../../source/credentials/credentials.ts';
import type { Install } from '../../../source/install/install.ts';
import { findProfile, type Profile, type Role } from '../../../source/profiles/profiles.ts';
import { keepWebhookSecret, makeWebhookSecret } from '../../../source/webhooks/webhooks.ts';
import { aProfile } from '../../profiles/support/configs.ts';
import { calling } from '../../support/call.ts';
import { aKey, installIn } from '../../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

const origin = 'https://api.cast.ai';

describe('the environment of a command', () => {
  let directory: TemporaryDirectory;
  let install: Install;
  beforeEach(async () => {
    directory = temporaryDirectory();
    install = installIn(directory.path);
    const organization = { id: 'o1' };
    await install.update(config => ({
      ...config,
      profiles: { dev: aProfile({ organization }), prod: aProfile({ environment: 'production' }) },
    }));
    await store('dev', 'reader', 'r');
    await store('dev', 'writer', 'w');
    return () => directory[Symbol.dispose]();
  });
  const store = (profile: string, role: Role, letter: string) =>
    storeCredential(install, { place: { kind: 'slot', profile, role }, secret: aKey(letter), origin });

  const environment = async (
    words: readonly string[] = [],
    {
      role = 'reader' as Role,
      withBoth = false,
      env = {},
      name = 'dev',
      edit = (p: Profile): Profile => p,
    } = {},
  ) => {
    const config = install.config();
    if (!config) throw new Error('there is no config');
    return childEnvironment({
      call: calling(run, [...words, '--', 'cmd'], { env }).call,
      config,
      chosen: { name, profile: edit(findProfile(config, name)), chosenBy: 'flag' },
      keychain: await install.keychain(),
      role,
      withBoth,
    });
  };

  it('has the reader’s key under both names, where the API is, and whose it is', async () => {
    expect(await environment([], { env: { HOME: '/home/ann' } })).toEqual({
      HOME: '/home/ann',
      CASTAI_API_TOKEN: aKey('r').reveal(),
      CASTAI_API_KEY: aKey('r').reveal(),
      CASTAI_API_URL: origin,
      CASTAI_ORGANIZATION_ID: 'o1',
      CASTKEYS_PROFILE: 'dev',
    });
  });

  it('has the key of the role that is asked for', async () => {
    const env = await environment([], { role: 'writer' });
    expect(env).toMatchObject({ CASTAI_API_KEY: aKey('w').reveal() });
    expect(env).not.toHaveProperty('CASTAI_READ_KEY');
  });

  it('has both keys under names of their own, where both are wanted', async () => {
    expect(await environment([], { withBoth: true })).toMatchObject({
      CASTAI_API_KEY: aKey('r').reveal(),
      CASTAI_READ_KEY: aKey('r').reveal(),
      CASTAI_WRITE_KEY: aKey('w').reveal(),
    });
  });

  it('has ours in place of what was inherited, and no organization of somebody else', async () => {
    await store('prod', 'reader', 'p');
    const env = {
      CASTAI_API_KEY: 'somebody else’s',
      CASTAI_API_URL: 'https://elsewhere.example',
      CASTAI_ORGANIZATION_ID: 'o9',
      CASTKEYS_PROFILE: 'other',
      STAGING_KEY: aKey('w').reveal(),
    };
    const given = await environment([], { env, name: 'prod' });
    expect(given).toEqual({
      CASTAI_API_TOKEN: aKey('p').reveal(),
      CASTAI_API_KEY: aKey('p').reveal(),
      CASTAI_API_URL: origin,
      CASTKEYS_PROFILE: 'prod',
    });
  });

  it('has the variables of an --env-file, below ours, with the keys it refers to', async () => {
    await store('prod', 'reader', 'p');
    writeFileSync(directory.at('.env'), 'A=1\nPROD=castkeys://prod/reader\nCASTAI_API_KEY=theirs\n');
    expect(await environment(['--env-file', directory.at('.env')])).toMatchObject({
      A: '1',
      PROD: aKey('p').reveal(),
      CASTAI_API_KEY: aKey('r').reveal(),
    });
    writeFileSync(directory.at('.env'), 'MOON=castkeys://moon/reader\n');
    await expect(environment(['--env-file', directory.at('.env')])).rejects.toMatchObject({ exitCode: 2 });
  });

  it('is not made without the key that is asked for', async () => {
    await expect(environment([], { name: 'prod' })).rejects.toMatchObject({
      code: 'credential-missing',
      exitCode: 2,
      message: expect.stringContaining('Nothing was run.'),
      next: 'castkeys setup --profile prod',
    });
    await store('prod', 'writer', 'p');
    await expect(environment([], { name: 'prod' })).rejects.toMatchObject({
      next: expect.stringContaining('--role writer'),
    });
  });

  it('is not made for a profile that somebody pointed elsewhere: the key is bound to its address', async () => {
    const edit = (profile: Profile) => ({ ...profile, origin: 'https://evil.example' });
    for (const withBoth of [true, false]) {
      await expect(environment([], { edit, withBoth })).rejects.toMatchObject({
        code: 'origin-mismatch',
        exitCode: 2,
        message: expect.stringContaining('Nothing was run.'),
      });
    }
  });

  it('has the webhook secret where it is asked for, and the one before while that is accepted', async () => {
    const [first, second] = [makeWebhookSecret(), makeWebhookSecret()];
    await expect(environment(['--webhook'])).rejects.toMatchObject({ code: 'webhook-secret-missing' });
    await keepWebhookSecret(install, { profile: 'dev', secret: first });
    expect(await environment()).not.toHaveProperty('CASTAI_SECRET');
    expect(await environment(['--webhook'])).toMatchObject({ CASTAI_SECRET: first.reveal() });
    expect(await environment(['--webhook'])).not.toHaveProperty('CASTAI_SECRET_PREVIOUS');
    await keepWebhookSecret(install, { profile: 'dev', secret: second, replace: true });
    expect(await environment(['--webhook'])).toMatchObject({
      CASTAI_SECRET: second.reveal(),
      CASTAI_SECRET_PREVIOUS: first.reveal(),
    });
    expect(await environment([], { env: { OLD: first.reveal() } })).not.toHaveProperty('OLD');
  });
});

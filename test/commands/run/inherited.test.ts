import { beforeEach, describe, expect, it } from 'vitest';
import { withoutOurKeys } from '../../../source/commands/run/inherited.ts';
import { storeCredential } from '../../../source/credentials/credentials.ts';
import type { Install } from '../../../source/install/install.ts';
import { memoryKeychain } from '../../../source/keychain/memory-keychain.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { aProfile } from '../../profiles/support/configs.ts';
import { aKey, installIn } from '../../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

const oldKey = new Secret(['an', 'older', 'key', 'without', 'prefix=='].join('0'));
const ours = aKey('a').reveal();
const foreign = aKey('f').reveal();

describe('what a command inherits', () => {
  let directory: TemporaryDirectory;
  let install: Install;
  let entries: Map<string, Secret>;
  beforeEach(async () => {
    directory = temporaryDirectory();
    entries = new Map();
    install = installIn(directory.path, memoryKeychain({ entries }));
    await install.update(config => ({ ...config, profiles: { dev: aProfile(), prod: aProfile() } }));
    const store = (profile: string, secret: Secret) =>
      storeCredential(install, {
        place: { kind: 'slot', profile, role: 'reader' },
        secret,
        origin: 'https://api.cast.ai',
      });
    await store('dev', aKey('a'));
    await store('prod', oldKey);
    return () => directory[Symbol.dispose]();
  });
  const inherit = async (env: NodeJS.ProcessEnv) => {
    const config = install.config();
    if (!config) throw new Error('there is no config');
    return withoutOurKeys(env, config, await install.keychain());
  };

  it.each([
    ['the key itself', ours],
    ['another profile’s key', oldKey.reveal()],
    ['a header', `Bearer ${ours}`],
    ['a header with an old key', `X-API-Key: ${oldKey.reveal()}`],
    ['JSON', JSON.stringify({ token: ours })],
    ['JSON with an old key', JSON.stringify({ token: oldKey.reveal() })],
    ['a URL', `https://x:${ours}@api.example.com/`],
    ['a list', `${foreign},${ours}`],
    ['an assignment', `token=${ours}&x=1`],
    ['something in brackets', `<token>${ours}</token>`],
    ['several lines', `first\n${ours}\nlast`],
  ])('is without a variable that holds one of our keys as %s', async (_how, value) => {
    expect(await inherit({ SOME: value, HOME: '/home/ann' })).toEqual({ HOME: '/home/ann' });
  });

  it('is without the passphrase of the encrypted file', async () => {
    const env = { CASTKEYS_PASSPHRASE: 'x', CASTKEYS_PASSPHRASE_FILE: '/y', CASTKEYS_HOME: '/z' };
    expect(await inherit(env)).toEqual({ CASTKEYS_HOME: '/z' });
  });

  it('keeps everything else as it is: other keys, empty variables, long ones', async () => {
    const env = {
      PATH: '/usr/bin:/bin',
      EMPTY: '',
      FOREIGN: foreign,
      ALMOST: ours.slice(0, -1),
      LONG: 'x '.repeat(50_000),
      'ODD NAME': 'a=b',
    };
    expect(await inherit(env)).toEqual(env);
  });

  it('is without anything that looks like a key where ours can not be told from others', async () => {
    for (const account of entries.keys()) if (account.includes('/master/')) entries.delete(account);
    expect(await inherit({ FOREIGN: foreign, A: '1'.repeat(40) })).toEqual({ A: '1'.repeat(40) });
  });

  it('is not handed on at all while the keychain is in trouble', async () => {
    const config = install.config();
    if (!config) throw new Error('there is no config');
    const locked = memoryKeychain({ trouble: () => ({ state: 'locked', reason: 'it is locked' }) });
    await expect(withoutOurKeys({ A: '1' }, config, locked)).rejects.toMatchObject({
      code: 'keychain-locked',
    });
  });
});

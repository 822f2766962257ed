/** Two terminals store at the same time: while one writes its value, the other does all it has to do. */
import { beforeEach, describe, expect, it } from 'vitest';
import { type Place, storeCredential } from '../../source/credentials/credentials.ts';
import type { Install } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { standingOf } from '../flows/support/standing.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { aKey, installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

const slot = (profile: string): Place => ({ kind: 'slot', profile, role: 'reader' });

describe('while a key is being stored', () => {
  let directory: TemporaryDirectory;
  let entries: Map<string, Secret>;
  let meanwhile: () => Promise<unknown>;
  let here: Install;
  let there: Install;
  beforeEach(async () => {
    directory = temporaryDirectory();
    entries = new Map();
    const sound = memoryKeychain({ entries });
    there = installIn(directory.path, sound);
    here = installIn(directory.path, {
      ...sound,
      write: async (entry, secret) => {
        if (entry.kind === 'credential') await meanwhile();
        await sound.write(entry, secret);
      },
    });
    await there.update(config => ({ ...config, profiles: { dev: aProfile(), prod: aProfile() } }));
    return () => directory[Symbol.dispose]();
  });
  const store = (install: Install, profile: string, secret: Secret) =>
    storeCredential(install, { place: slot(profile), secret, origin: 'https://api.cast.ai' });

  it('another one that takes the slot keeps it; the first one is told, and nothing of it is left', async () => {
    meanwhile = () => store(there, 'dev', aKey('b'));
    await expect(store(here, 'dev', aKey('a'))).rejects.toMatchObject({ code: 'slot-taken' });
    expect(standingOf(there, entries)).toMatchObject({
      profiles: { dev: { slots: { reader: aKey('b').reveal() } } },
      registered: 1,
      values: 1,
    });
  });

  it('the same key ends in one of two places, and whoever comes second is told', async () => {
    meanwhile = () => store(there, 'prod', aKey());
    await expect(store(here, 'dev', aKey())).rejects.toMatchObject({ code: 'duplicate-key' });
    expect(standingOf(there, entries)).toMatchObject({
      profiles: { dev: { slots: {} }, prod: { slots: { reader: aKey().reveal() } } },
      registered: 1,
      values: 1,
    });
  });

  it('a profile that is removed takes its place with it; nothing is left of the key', async () => {
    meanwhile = () => there.update(config => ({ ...config, profiles: { prod: aProfile() } }));
    await expect(store(here, 'dev', aKey())).rejects.toMatchObject({ code: 'profile-unknown' });
    expect(standingOf(there, entries)).toMatchObject({ registered: 0, values: 0 });
  });
});

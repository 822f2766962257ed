import { beforeEach, describe, expect, it } from 'vitest';
import {
  dropCredential,
  type Place,
  storeCredential,
  unstoreCredential,
} from '../../source/credentials/credentials.ts';
import { idAt } from '../../source/credentials/place.ts';
import { type Install, readSecret } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { aKey, installIn, today } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

const origin = 'https://api.cast.ai';
const slot = (profile = 'dev', role: 'reader' | 'writer' = 'reader'): Place => ({
  kind: 'slot',
  profile,
  role,
});
const admin: Place = { kind: 'admin', origin, organizationId: 'o1' };

describe('storing a key', () => {
  let directory: TemporaryDirectory;
  let entries: Map<string, Secret>;
  let install: Install;

  beforeEach(async () => {
    directory = temporaryDirectory();
    entries = new Map();
    install = installIn(directory.path, memoryKeychain({ entries }));
    await install.update(config => ({ ...config, profiles: { dev: aProfile(), prod: aProfile() } }));
    return () => directory[Symbol.dispose]();
  });

  const store = (secret: Secret, place = slot(), replace = false) =>
    storeCredential(install, { place, secret, origin, replace });
  const credentials = () => install.config()?.credentials ?? {};
  const at = (place: Place) => idAt(install.config() ?? never(), place);
  const valueAt = async (place: Place) =>
    (await readSecret(await install.keychain(), at(place) ?? 'none')).reveal();
  const storedValues = () =>
    [...entries].flatMap(([account, secret]) => (account.includes('/credential/') ? secret.reveal() : []));

  it('puts it in the slot, in the keychain, and nothing of it in the config', async () => {
    const { id } = await store(aKey());
    expect(at(slot())).toBe(id);
    expect(await valueAt(slot())).toBe(aKey().reveal());
    expect(credentials()[id]).toEqual({
      origin,
      addedAt: today.toISOString(),
      fingerprint: expect.stringMatching(/^[\w-]{43}$/),
      store: 'memory',
    });
    expect(JSON.stringify(install.config())).not.toContain(aKey().reveal().slice(0, 20));
  });

  it('says what Cast AI said of it', async () => {
    const verified = {
      secret: aKey(),
      origin,
      owner: { kind: 'person', id: 'u1', email: 'ann@x.example' },
      organizations: [],
      isRestricted: false,
      key: { id: 'k1', name: 'mine', createdAt: '2026-05-01T00:00:00Z', expiresAt: '2027-05-01T00:00:00Z' },
    } as const;
    const organization = { id: 'o1', name: 'Practice' };
    const { id } = await storeCredential(install, {
      place: slot(),
      secret: aKey(),
      origin,
      verified,
      organization,
    });
    expect(credentials()[id]).toMatchObject({
      organization,
      owner: { kind: 'person', id: 'u1', name: 'ann@x.example' },
      keyId: 'k1',
      name: 'mine',
      createdAt: '2026-05-01T00:00:00Z',
      expiresAt: '2027-05-01T00:00:00Z',
      verifiedAt: today.toISOString(),
    });
  });

  it('leaves a slot alone that holds another key', async () => {
    const { id } = await store(aKey('a'));
    await expect(store(aKey('b'))).rejects.toMatchObject({ code: 'slot-taken', exitCode: 1 });
    expect(at(slot())).toBe(id);
    expect(Object.keys(credentials())).toEqual([id]);
    expect(storedValues()).toEqual([aKey('a').reveal()]);
  });

  it('replaces it where that is wanted; the old value stays in the keychain', async () => {
    const old = await store(aKey('a'));
    const stored = await store(aKey('b'), slot(), true);
    expect(stored.before).toBe(old.id);
    expect(await valueAt(slot())).toBe(aKey('b').reveal());
    expect(storedValues().toSorted()).toEqual([aKey('a').reveal(), aKey('b').reveal()]);
    expect(install.config()?.retired).toMatchObject({
      [old.id]: { profile: 'dev', role: 'reader', origin, retiredAt: today.toISOString() },
    });
    expect(install.config()?.retired?.[old.id]?.fingerprint).toBe(credentials()[old.id]?.fingerprint);
  });

  it('retires no key that comes back, or was never gone', async () => {
    const old = await store(aKey('a'));
    const stored = await store(aKey('b'), slot(), true);
    await unstoreCredential(install, slot(), stored);
    expect(install.config()?.retired).toBeUndefined();
    const again = await store(aKey('b'), slot(), true);
    await store(aKey('a'), slot(), true);
    expect(Object.keys(install.config()?.retired ?? {})).toEqual([again.id]);
    expect(at(slot())).toBe(old.id);
  });

  it.each([slot('prod'), slot('dev', 'writer')])(
    'refuses a key that is in use elsewhere: %j',
    async place => {
      await store(aKey());
      await expect(store(aKey(), place, true)).rejects.toMatchObject({
        code: 'duplicate-key',
        exitCode: 1,
        message: expect.stringContaining('the reader key of dev'),
      });
      expect(at(place)).toBeUndefined();
      expect(storedValues()).toHaveLength(1);
    },
  );

  it('takes the same key once more, and mends an entry that somebody removed', async () => {
    const { id } = await store(aKey());
    expect((await store(aKey())).id).toBe(id);
    entries.clear();
    // The install's master key is gone, too; that is another key, with other fingerprints.
    await expect(store(aKey())).rejects.toMatchObject({ code: 'slot-taken' });
  });

  it('mends an entry that somebody removed from the keychain', async () => {
    const { id } = await store(aKey());
    for (const account of entries.keys()) if (account.includes('/credential/')) entries.delete(account);
    await expect(valueAt(slot())).rejects.toMatchObject({ code: 'secret-absent' });
    expect((await store(aKey(), slot(), true)).id).toBe(id);
    expect(await valueAt(slot())).toBe(aKey().reveal());
  });

  it('finds a key again that is in no place any more, with what was known of it', async () => {
    const first = await store(aKey('a'));
    await store(aKey('b'), slot(), true);
    const again = await store(aKey('a'), slot('prod'));
    expect(again.id).toBe(first.id);
    expect(Object.keys(credentials())).toHaveLength(2);
  });

  it('refuses a profile that there is not', async () => {
    await expect(store(aKey(), slot('moon'))).rejects.toMatchObject({ code: 'profile-unknown' });
    expect(storedValues()).toEqual([]);
    expect(credentials()).toEqual({});
  });

  it('lets the admin credential be the key of a profile, too, and removes neither with the other', async () => {
    const { id } = await store(aKey(), admin);
    expect((await store(aKey(), slot())).id).toBe(id);
    await install.update(config => ({ ...config, profiles: { dev: aProfile() } }));
    await dropCredential(install, id);
    expect(await valueAt(admin)).toBe(aKey().reveal());
    expect(credentials()).toHaveProperty(id);
  });

  describe('and taking it back', () => {
    it('leaves nothing of a new one', async () => {
      const before = install.config();
      await unstoreCredential(install, slot(), await store(aKey()));
      expect(install.config()).toEqual(before);
      expect(storedValues()).toEqual([]);
    });

    it('puts the old one back in its place', async () => {
      await store(aKey('a'));
      const before = install.config();
      await unstoreCredential(install, slot(), await store(aKey('b'), slot(), true));
      expect(install.config()).toEqual(before);
      expect(storedValues()).toEqual([aKey('a').reveal()]);
      expect(await valueAt(slot())).toBe(aKey('a').reveal());
    });

    it('leaves one that was there already, with what was known of it', async () => {
      await store(aKey('a'));
      await store(aKey('b'), slot(), true);
      const before = install.config();
      await unstoreCredential(install, slot('prod'), await store(aKey('a'), slot('prod')));
      expect(install.config()).toEqual(before);
      expect(storedValues()).toHaveLength(2);
    });

    it('leaves a place that has since got another key', async () => {
      const stored = await store(aKey('a'));
      const { id } = await store(aKey('b'), slot(), true);
      await unstoreCredential(install, slot(), stored);
      expect(at(slot())).toBe(id);
    });
  });
});

function never(): never {
  throw new Error('there is no config');
}

/** Whatever call to the keychain fails, before or after its effect: the slot holds the old key or the new one. */
import { describe, expect, it } from 'vitest';
import { storeCredential, unstoreCredential } from '../../source/credentials/credentials.ts';
import { readSecret } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { aKey, installIn } from '../support/install.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { failingAt, type When } from './support/failing-keychain.ts';

const place = { kind: 'slot', profile: 'dev', role: 'reader' } as const;
const request = (secret: Secret) =>
  ({ place, secret, origin: 'https://api.cast.ai', replace: true }) as const;

/** An install with an old key in its slot, or none; and the same one with a keychain that fails. */
async function prepared(path: string, old: Secret | undefined, call: number, when: When, stays: boolean) {
  const entries = new Map<string, Secret>();
  const sound = memoryKeychain({ entries });
  const install = installIn(path, sound);
  await install.update(config => ({ ...config, profiles: { dev: aProfile() } }));
  if (old) await storeCredential(install, request(old));
  const failing = failingAt(sound, call, when, stays);
  return { entries, install, troubled: installIn(path, failing.keychain) };
}

const isCredential = (account: string) => account.includes('/credential/');

const outcomeOf = (storing: Promise<unknown>): Promise<string> =>
  storing.then(
    () => 'stored',
    error => Object(error).code,
  );

// A store makes at most so many calls: the master key, the value, the removal of the value after a failure.
const calls = [1, 2, 3, 4];
const cases = calls.flatMap(call => (['before', 'after'] as const).map(when => [call, when] as const));

describe.each([
  ['an empty slot', undefined],
  ['a slot with an old key', aKey('o')],
])('storing a key in %s', (_what, old) => {
  it.each(cases)('where call %i fails once %s its effect', async (call, when) => {
    using directory = temporaryDirectory();
    const { entries, install, troubled } = await prepared(directory.path, old, call, when, false);
    const before = install.config();
    const outcome = await outcomeOf(storeCredential(troubled, request(aKey('n'))));
    if (outcome === 'stored') {
      const id = install.config()?.profiles['dev']?.slots.reader ?? '';
      expect((await readSecret(await install.keychain(), id)).reveal()).toBe(aKey('n').reveal());
    } else {
      expect(outcome).toBe('keychain-timeout');
      expect(install.config()).toEqual(before);
      const values = [...entries]
        .filter(([account]) => isCredential(account))
        .map(([, secret]) => secret.reveal());
      expect(values).toEqual(old ? [old.reveal()] : []);
    }
  });

  it.each(cases)('where the keychain is gone from call %i on, %s its effect', async (call, when) => {
    using directory = temporaryDirectory();
    const { entries, install, troubled } = await prepared(directory.path, old, call, when, true);
    const before = install.config();
    const outcome = await outcomeOf(storeCredential(troubled, request(aKey('n'))));
    // Entering it in the audit log makes calls of its own, and does without the keychain.
    const needed = old ? 2 : 3;
    expect(outcome).toBe(call > needed ? 'stored' : 'keychain-timeout');
    const after = install.config();
    if (outcome !== 'stored') expect(after?.profiles).toEqual(before?.profiles);
    // What may be in the keychain is registered: never a value that nobody knows of.
    const registered = new Set(Object.keys(after?.credentials ?? {}));
    for (const account of [...entries.keys()].filter(isCredential)) {
      expect(registered).toContain(account.split('/').at(-1));
    }
    // And the same command, once the keychain is back, ends with one entry for the key.
    await storeCredential(install, request(aKey('n')));
    const credentials = Object.keys(install.config()?.credentials ?? {});
    expect(credentials).toHaveLength(old ? 2 : 1);
    expect([...entries.keys()].filter(isCredential)).toHaveLength(credentials.length);
  });
});

describe('taking a stored key back', () => {
  it.each(['before', 'after'] as const)(
    'where the keychain fails %s its effect still puts the old one back in the slot',
    async when => {
      using directory = temporaryDirectory();
      const old = aKey('o');
      const { install, troubled } = await prepared(directory.path, old, 1, when, true);
      const stored = await storeCredential(install, request(aKey('n')));
      await expect(unstoreCredential(troubled, place, stored)).rejects.toMatchObject({
        code: 'keychain-timeout',
      });
      const id = install.config()?.profiles['dev']?.slots.reader ?? '';
      expect((await readSecret(await install.keychain(), id)).reveal()).toBe(old.reveal());
    },
  );
});

import { beforeEach, describe, expect, it } from 'vitest';
import { type Place, storeCredential } from '../../source/credentials/credentials.ts';
import { removeKey, removeProfile } from '../../source/flows/remove.ts';
import type { Install } from '../../source/install/install.ts';
import type { Trouble } from '../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { keepWebhookSecret, makeWebhookSecret } from '../../source/webhooks/webhooks.ts';
import { cancel, playing } from '../flow/support/front-end.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { aKey, installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { standingOf } from './support/standing.ts';

const origin = 'https://api.cast.ai';
const slot = (role: 'reader' | 'writer'): Place => ({ kind: 'slot', profile: 'dev', role });

describe('removing', () => {
  let directory: TemporaryDirectory;
  let entries: Map<string, Secret>;
  let trouble: Trouble | undefined;
  let install: Install;
  beforeEach(async () => {
    directory = temporaryDirectory();
    entries = new Map();
    trouble = undefined;
    const asked = () => (trouble ? { state: trouble, reason: 'it is so' } : undefined);
    install = installIn(directory.path, memoryKeychain({ entries, trouble: asked }));
    await install.update(config => ({
      ...config,
      activeProfile: 'dev',
      profiles: { dev: aProfile(), other: aProfile() },
    }));
    await storeCredential(install, { place: slot('reader'), secret: aKey('r'), origin });
    await storeCredential(install, { place: slot('writer'), secret: aKey('w'), origin });
    return () => directory[Symbol.dispose]();
  });
  const standing = () => standingOf(install, entries);

  it('a key takes its slot, its value and what was known of it, and leaves the other', async () => {
    const { outcome } = await playing(() => removeKey(install, 'dev', 'reader'), [true]);
    expect(outcome.type).toBe('finished');
    expect(standing()).toMatchObject({ registered: 1, values: 1 });
    expect(standing().profiles['dev']?.slots).toEqual({ writer: aKey('w').reveal() });
  });

  it('a key that is the admin credential, too, takes only the slot', async () => {
    const place: Place = { kind: 'admin', origin, organizationId: 'o1' };
    await storeCredential(install, { place, secret: aKey('r'), origin });
    await playing(() => removeKey(install, 'dev', 'reader'), [true]);
    expect(standing()).toMatchObject({ admins: { [`${origin} o1`]: aKey('r').reveal() }, values: 2 });
  });

  it('a profile takes its keys with it, and the place of the active one', async () => {
    const { outcome } = await playing(() => removeProfile(install, 'dev'), [true]);
    expect(outcome.type).toBe('finished');
    expect(standing()).toEqual({
      activeProfile: undefined,
      profiles: { other: aProfile() },
      admins: {},
      registered: 0,
      values: 0,
    });
  });

  it('a profile takes its webhook secrets with it', async () => {
    await keepWebhookSecret(install, { profile: 'dev', secret: makeWebhookSecret() });
    await playing(() => removeProfile(install, 'dev'), [true]);
    expect([...entries.keys()].filter(account => !/\/(master|anchor)\//.test(account))).toEqual([]);
  });

  it('another profile leaves the active one active', async () => {
    await playing(() => removeProfile(install, 'other'), [true]);
    expect(standing()).toMatchObject({ activeProfile: 'dev', values: 2 });
  });

  it.each([
    ['says no', false],
    ['cancels', cancel],
  ] as const)('changes nothing where the person %s', async (_what, reply) => {
    const before = standing();
    for (const story of [() => removeKey(install, 'dev', 'reader'), () => removeProfile(install, 'dev')]) {
      const { outcome } = await playing(story, [reply]);
      expect(outcome.type).not.toBe('finished');
      expect(standing()).toEqual(before);
    }
  });

  it('changes nothing where the keychain can not remove the value', async () => {
    const before = standing();
    for (const story of [() => removeKey(install, 'dev', 'reader'), () => removeProfile(install, 'dev')]) {
      trouble = 'locked';
      const { outcome } = await playing(story, [true]);
      trouble = undefined;
      expect(outcome).toMatchObject({ type: 'failed', error: { code: 'keychain-locked' } });
      expect(standing()).toEqual(before);
    }
  });

  it('what there is not is refused', async () => {
    await playing(() => removeKey(install, 'dev', 'reader'), [true]);
    expect((await playing(() => removeKey(install, 'dev', 'reader'), [true])).outcome).toMatchObject({
      error: { code: 'credential-missing', exitCode: 2 },
    });
    expect((await playing(() => removeProfile(install, 'moon'), [true])).outcome).toMatchObject({
      error: { code: 'profile-unknown' },
    });
  });
});

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Install } from '../../../source/install/install.ts';
import { memoryKeychain } from '../../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../../source/keychain/secret.ts';
import { configFile } from '../../../source/profiles/profiles.ts';
import {
  acceptPreviousUntil,
  dropPreviousSecret,
  keepWebhookSecret,
  makeWebhookSecret,
  readWebhookSecrets,
  removeWebhookSecrets,
  unkeepWebhookSecret,
} from '../../../source/webhooks/webhooks.ts';
import { aProfile } from '../../profiles/support/configs.ts';
import { installIn, today } from '../../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

describe('a profile’s webhook secret', () => {
  let directory: TemporaryDirectory;
  let entries: Map<string, Secret>;
  let isLocked: boolean;
  let install: Install;
  beforeEach(async () => {
    directory = temporaryDirectory();
    entries = new Map();
    isLocked = false;
    const trouble = () => (isLocked ? { state: 'locked' as const, reason: 'it is locked' } : undefined);
    install = installIn(directory.path, memoryKeychain({ entries, trouble }));
    await install.update(config => ({ ...config, profiles: { dev: aProfile(), prod: aProfile() } }));
    return () => directory[Symbol.dispose]();
  });
  const [first, second, third] = [makeWebhookSecret(), makeWebhookSecret(), makeWebhookSecret()];
  const keep = (secret: Secret, replace = false) =>
    keepWebhookSecret(install, { profile: 'dev', secret, replace });
  const read = async (now = today) => {
    const { current, previous } = await readWebhookSecrets(
      await install.keychain(),
      install.config(),
      'dev',
      now,
    );
    return [current.reveal(), previous?.reveal()];
  };
  const webhookEntries = () => [...entries.keys()].filter(account => account.includes('/webhook/')).length;

  it('is in the keychain and nowhere else', async () => {
    await keep(first);
    expect(await read()).toEqual([first.reveal(), undefined]);
    const written = readFileSync(configFile(install.home), 'utf8');
    expect(written).toContain('"webhook"');
    expect(written).not.toContain(first.reveal());
  });

  it('stays where it is unless it is said that another takes its place', async () => {
    await keep(first);
    await expect(keep(second)).rejects.toMatchObject({ code: 'slot-taken' });
    expect(await read()).toEqual([first.reveal(), undefined]);
    expect(webhookEntries()).toBe(1);
  });

  it('once more mends an entry that somebody removed', async () => {
    await keep(first);
    for (const account of entries.keys()) if (account.includes('/webhook/')) entries.delete(account);
    await expect(read()).rejects.toMatchObject({ code: 'secret-absent' });
    await keep(first);
    expect(await read()).toEqual([first.reveal(), undefined]);
  });

  it('is accepted beside the one that took its place, until it is dropped', async () => {
    await keep(first);
    await keep(second, true);
    expect(await read()).toEqual([second.reveal(), first.reveal()]);
    await expect(keep(third, true)).rejects.toMatchObject({ code: 'webhook-overlap' });
    await dropPreviousSecret(install, 'dev');
    expect(await read()).toEqual([second.reveal(), undefined]);
    expect(webhookEntries()).toBe(1);
  });

  it('is accepted until a time, and makes room for a third after it', async () => {
    await keep(first);
    await keep(second, true);
    await acceptPreviousUntil(install, 'dev', new Date(today.getTime() + 1000));
    expect(await read()).toEqual([second.reveal(), first.reveal()]);
    expect(await read(new Date(today.getTime() + 1000))).toEqual([second.reveal(), undefined]);
    await acceptPreviousUntil(install, 'dev', today);
    await keep(third, true);
    expect(await read()).toEqual([third.reveal(), second.reveal()]);
  });

  it('is taken back whole', async () => {
    await keep(first);
    const before = install.config();
    await unkeepWebhookSecret(install, 'dev', await keep(second, true));
    expect(install.config()).toEqual(before);
    expect(await read()).toEqual([first.reveal(), undefined]);
    expect(webhookEntries()).toBe(1);
  });

  it('changes nothing where the keychain is locked', async () => {
    await keep(first);
    const before = install.config();
    isLocked = true;
    await expect(keep(second, true)).rejects.toMatchObject({ code: 'keychain-locked' });
    isLocked = false;
    expect(install.config()).toEqual(before);
    expect(webhookEntries()).toBe(1);
  });

  it('stays where the keychain can not remove it', async () => {
    await keep(first);
    isLocked = true;
    await expect(removeWebhookSecrets(install, 'dev')).rejects.toMatchObject({ code: 'keychain-locked' });
    isLocked = false;
    expect(await read()).toEqual([first.reveal(), undefined]);
  });

  it('leaves nothing when it is removed', async () => {
    const before = install.config();
    await keep(first);
    await keep(second, true);
    await removeWebhookSecrets(install, 'dev');
    expect(install.config()).toEqual(before);
    expect(webhookEntries()).toBe(0);
  });

  it('is missed by name', async () => {
    await expect(read()).rejects.toMatchObject({ code: 'webhook-secret-missing', exitCode: 2 });
    await expect(keepWebhookSecret(install, { profile: 'moon', secret: first })).rejects.toMatchObject({
      code: 'profile-unknown',
    });
  });
});

import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { openInstall, Passphrase, readSecret } from '../../source/install/install.ts';
import type { Keychain } from '../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { aKey, installIn, today } from '../support/install.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

describe('an install', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    return () => directory[Symbol.dispose]();
  });
  const open = (env: NodeJS.ProcessEnv, openKeychain?: (id: string) => Promise<Keychain>) =>
    openInstall({
      home: homeIn(directory.at('home')),
      env,
      clock: () => today,
      passphrase: new Passphrase(env),
      isAttended: false,
      ...(openKeychain ? { openKeychain } : {}),
    });

  it('touches nothing when it is opened, looked at or closed', async () => {
    const install = open({});
    expect(install.config()).toBeUndefined();
    expect(install.usesFile()).toBe(false);
    await install.close();
    expect(existsSync(directory.at('home'))).toBe(false);
  });

  it('has an id on disk before the first entry of its keychain is named by it', async () => {
    const ids: string[] = [];
    const install = open({}, async id => {
      ids.push(id);
      return memoryKeychain();
    });
    await Promise.all([install.keychain(), install.keychain()]);
    expect(ids).toEqual([install.config()?.installId]);
  });

  it('opens its keychain again after it was closed', async () => {
    let opened = 0;
    let closed = 0;
    const countClose = () => {
      closed += 1;
    };
    const install = open({}, async () => {
      opened += 1;
      return { ...memoryKeychain(), close: async () => countClose() };
    });
    await install.keychain();
    await install.close();
    await install.close();
    await install.keychain();
    expect([opened, closed]).toEqual([2, 1]);
  });

  it('keeps its keys where CASTKEYS_STORE says, else where the person agreed to', async () => {
    await open({}).update(config => ({ ...config, store: 'file' }));
    expect(open({}).usesFile()).toBe(true);
    expect(open({ CASTKEYS_STORE: 'auto' }).usesFile()).toBe(true);
    expect(open({ CASTKEYS_STORE: 'keychain' }).usesFile()).toBe(false);
    await open({}).update(({ store: _, ...config }) => config);
    expect(open({}).usesFile()).toBe(false);
    expect(open({ CASTKEYS_STORE: 'file' }).usesFile()).toBe(true);
    expect(() => open({ CASTKEYS_STORE: 'plaintext' }).usesFile()).toThrow(
      expect.objectContaining({ code: 'usage', exitCode: 2 }),
    );
  });

  it('says of a key whether it is there, gone, or can not be told', async () => {
    const keychain = memoryKeychain();
    const install = installIn(directory.at('home'), keychain);
    await keychain.write({ kind: 'credential', id: 'c1' }, aKey());
    expect((await readSecret(await install.keychain(), 'c1')).reveal()).toBe(aKey().reveal());
    await expect(readSecret(keychain, 'c2')).rejects.toMatchObject({
      code: 'secret-absent',
      exitCode: 4,
      next: expect.stringContaining('keys add --replace'),
    });
    const locked = memoryKeychain({ trouble: () => ({ state: 'locked', reason: 'it is locked' }) });
    await expect(readSecret(locked, 'c1')).rejects.toMatchObject({ code: 'keychain-locked', exitCode: 4 });
  });
});

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type OpenOptions, openKeychain } from '../../source/keychain/open-keychain.ts';
import { findChildScript } from '../../source/keychain/os/child-path.ts';
import { startKeychainChild } from '../../source/keychain/os/keychain-child.ts';
import { Secret } from '../../source/keychain/secret.ts';

const entry = { kind: 'credential', id: 'one' } as const;
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'castkeys-open-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** On a machine without a session bus. */
function open(options: Pick<OpenOptions, 'store'> & Partial<OpenOptions>) {
  const passphrase = async () => new Secret('correct horse');
  return openKeychain({ installId: 'install', directory, passphrase, env: {}, ...options });
}

describe('where secrets are kept', () => {
  it.each([
    ['auto', undefined, 'keychain'],
    ['auto', 'keychain', 'keychain'],
    ['auto', 'file', 'file'],
    ['keychain', 'file', 'keychain'],
    ['file', 'keychain', 'file'],
    ['file', undefined, 'file'],
  ] as const)(
    'with CASTKEYS_STORE=%s and %s in the settings: the %s',
    async (store, configured, expected) => {
      const keychain = await open({ store, configured });
      expect(keychain.store).toBe(expected);
      await keychain.close();
    },
  );

  it('asks nobody and writes nothing by being opened', async () => {
    const passphrase = vi.fn();
    await open({ store: 'file', passphrase });
    expect(passphrase).not.toHaveBeenCalled();
    expect(await readdir(directory)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('is never a file because the keychain is in trouble', async () => {
    const keychain = await open({ store: 'auto' });
    await expect(keychain.write(entry, new Secret('a value'))).rejects.toMatchObject({
      code: 'keychain-missing',
    });
    expect(await keychain.read(entry)).toMatchObject({ state: 'unavailable' });
    expect(existsSync(join(directory, 'keys.age'))).toBe(false);
    await keychain.close();
  });

  it('ends a process that was started early for the keychain, if the secrets are in the file', async () => {
    const child = startKeychainChild({ childPath: findChildScript(), env: {} });
    await open({ store: 'file', child });
    expect(await child.ask({ op: 'get', account: 'a' })).toEqual({ gone: 'given-up' });
  });
});

import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnosed } from '../../source/doctor/doctor.ts';
import { CastkeysError } from '../../source/errors.ts';
import { ageFileKeychain } from '../../source/keychain/age/age-file.ts';
import type { Trouble } from '../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { openKeychain } from '../../source/keychain/open-keychain.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { describeWithKeyring, startKeyring, type TestKeyring } from '../support/keyring.ts';
import { diagnose, temporaryDirectory } from './support/machine.ts';

const nobodysPassphrase = () => {
  throw new CastkeysError('keychain-locked', 'Nobody is here to type it.', 'set CASTKEYS_PASSPHRASE_FILE');
};

const keyringOf = (env: NodeJS.ProcessEnv) =>
  openKeychain({
    store: 'keychain',
    installId: 'doctor',
    directory: '/nowhere',
    env,
    passphrase: async () => nobodysPassphrase(),
  });

/** With too little work to protect anything, and therefore quick. */
const fileIn = (directory: string, passphrase: () => Secret = nobodysPassphrase) =>
  ageFileKeychain({ installId: 'doctor', directory, passphrase: async () => passphrase(), workFactor: 4 });

describeWithKeyring('The keychain line, with a real gnome-keyring', () => {
  const cases: readonly [string, (keyring: TestKeyring) => Promise<void>, Diagnosed['state'], RegExp][] = [
    ['unlocked passes', async () => {}, 'pass', /wrote, read back and removed a test entry in gnome-keyring/],
    ['locked fails', keyring => keyring.lock(), 'fail', /^locked: the default keyring of gnome-keyring/],
    ['frozen fails', async keyring => keyring.freeze(), 'fail', /^timeout: .* did not answer within/],
    ['gone fails', keyring => keyring.kill(), 'fail', /^unavailable: no keyring service runs/],
    ['without a bus fails', keyring => keyring.killBus(), 'fail', /^unavailable: .*session bus/],
  ];
  it.each(cases)('%s', async (_, make, state, evidence) => {
    const keyring = await startKeyring();
    try {
      await make(keyring);
      const line = (await diagnose({ openKeychain: () => keyringOf(keyring.env) }))('keychain');
      expect(line).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
      if (state === 'fail') expect(line.fix).toMatch(/CASTKEYS_STORE=file$/);
      expect(line.fix ?? '').not.toContain('castkeys doctor');
    } finally {
      keyring.thaw();
      await keyring.end();
    }
  });
});

describe('The keychain line', () => {
  it.each(['locked', 'denied', 'unavailable', 'timeout'] as const)('tells %s from the rest', async state => {
    const trouble = () => ({ state, reason: 'the reason' }) satisfies { state: Trouble; reason: string };
    const line = await diagnose({ openKeychain: async () => memoryKeychain({ trouble }) });
    expect(line('keychain')).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining(`${state}: `),
    });
  });

  it('says timeout where nothing at all comes back in time', async () => {
    const line = await diagnose(
      { openKeychain: async () => ({ ...memoryKeychain(), probe: () => new Promise(() => {}) }) },
      50,
    );
    expect(line('keychain')).toMatchObject({
      state: 'fail',
      evidence: 'timeout: it did not answer within 50 ms',
    });
    expect(line('git').state).toBe('pass');
  });

  it('leaves the OS keychain alone where keys are in the file', async () => {
    const line = await diagnose({ store: { kind: 'file', why: 'CASTKEYS_STORE=file' } });
    expect(line('keychain').state).toBe('skip');
    expect(line('store')).toMatchObject({
      state: 'pass',
      evidence: 'in the encrypted file: CASTKEYS_STORE=file',
    });
  });

  it('is unknown where CASTKEYS_STORE names no store, which is said above', async () => {
    const store = new CastkeysError('usage', 'CASTKEYS_STORE is none of them.', 'unset CASTKEYS_STORE');
    const line = await diagnose({ store });
    expect(line('store')).toMatchObject({ state: 'fail', fix: 'unset CASTKEYS_STORE' });
    expect([line('keychain').state, line('encrypted-file').state]).toEqual(['unknown', 'unknown']);
  });
});

describe('The encrypted file', () => {
  const store = { kind: 'file', why: 'CASTKEYS_STORE=file' } as const;
  const homeIn = (path: string) => ({ config: join(path, 'home'), state: join(path, 'home/state') });

  it('that will be made is not made to try it', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    const line = await diagnose({ store, home });
    expect(line('encrypted-file')).toMatchObject({
      state: 'pass',
      evidence: `the first key makes it, in ${home.config}`,
    });
    expect(existsSync(home.config)).toBe(false);
  });

  it('with its passphrase is written to, read and cleaned up', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    await mkdir(home.config, { mode: 0o700 });
    const open = fileIn(home.config, () => new Secret('correct horse'));
    await open.write({ kind: 'credential', id: 'c1' }, new Secret('value'));
    const line = await diagnose({ store, home, openKeychain: async () => open });
    expect(line('encrypted-file')).toMatchObject({
      state: 'pass',
      evidence: expect.stringContaining('keys.age'),
    });
    expect((await readdir(home.config)).toSorted()).toEqual(['identity.age', 'keys.age']);
  });

  it('without its passphrase is locked: bad where nobody can type it, unknown where somebody could', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    await mkdir(home.config, { mode: 0o700 });
    const open = fileIn(home.config, () => new Secret('correct horse'));
    await open.write({ kind: 'credential', id: 'c1' }, new Secret('value'));
    const given = { store, home, openKeychain: async () => fileIn(home.config) };
    const alone = (await diagnose({ ...given, isAttended: false }))('encrypted-file');
    expect(alone).toMatchObject({ state: 'fail', fix: expect.stringContaining('CASTKEYS_PASSPHRASE_FILE') });
    expect((await diagnose(given))('encrypted-file')).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('locked'),
    });
  });
});

import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Secret } from '../../../source/keychain/secret.ts';
import { describeWithKeyring, type TestKeyring } from '../../support/keyring.ts';
import { cleanUps, keyringIn, newEntry, open } from './opening.ts';

describeWithKeyring('the probe of a real gnome-keyring', () => {
  const probe = async (keyring: TestKeyring) => {
    const keychain = open(keyring.env);
    return keychain.probe();
  };

  it('names the service it wrote to', async () => {
    expect(await probe(await keyringIn('unlocked'))).toMatchObject({
      state: 'usable',
      evidence: expect.stringMatching(
        /^wrote, read back and removed a test entry in gnome-keyring in \d+ ms$/,
      ),
    });
  });

  it('says locked, and how to unlock', async () => {
    expect(await probe(await keyringIn('locked'))).toMatchObject({
      state: 'locked',
      fix: expect.stringContaining('gnome-keyring-daemon --replace --unlock'),
    });
  });

  it('says that no service runs, and what to install', async () => {
    expect(await probe(await keyringIn('none'))).toMatchObject({
      state: 'unavailable',
      fix: expect.stringMatching(/apt-get install gnome-keyring libsecret-1-0.*CASTKEYS_STORE=file/),
    });
  });

  it('says that there is no bus', async () => {
    const keychain = open({ PATH: process.env['PATH'] });
    expect(await keychain.probe()).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('no D-Bus'),
    });
  });

  it.each<[string, (keyring: TestKeyring) => unknown, string]>([
    ['hangs', keyring => keyring.freeze(), 'timeout'],
    ['was killed', keyring => keyring.kill(), 'unavailable'],
    ['lost its bus', keyring => keyring.killBus(), 'unavailable'],
  ])('says within 2 s that the daemon %s', async (_, harm, state) => {
    const keyring = await keyringIn('unlocked');
    const keychain = open(keyring.env);
    await keychain.probe();
    await harm(keyring);
    const result = await keychain.probe();
    expect(result).toMatchObject({ state, fix: expect.any(String) });
    expect(result.ms).toBeLessThan(2000);
  });
});

describeWithKeyring('the OS keychain where its module is of no use', () => {
  it('says which module is missing, and that nothing was written', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'castkeys-child-'));
    cleanUps.push(() => rm(directory, { recursive: true }));
    const childPath = join(directory, 'os-keychain-child.cts');
    await copyFile(new URL('../../../source/keychain/os/os-keychain-child.cts', import.meta.url), childPath);
    // A package without its files, so that none is found further up either.
    await mkdir(join(directory, 'node_modules', 'keytar'), { recursive: true });
    await writeFile(join(directory, 'node_modules', 'keytar', 'package.json'), '{"main":"gone.js"}');
    const keychain = open((await keyringIn('unlocked')).env, { childPath });
    expect(await keychain.read(newEntry())).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('optional dependency keytar'),
      fix: expect.stringContaining('npm install --include=optional'),
    });
    await expect(keychain.write(newEntry(), new Secret('a value'))).rejects.toMatchObject({
      code: 'keychain-missing',
      message: expect.stringMatching(/Nothing was changed\.$/),
    });
  });

  it('says so where the child can not even be started', async () => {
    const keychain = open({}, { childPath: '/nowhere/keychain-child.cjs', patience: 'prompt' });
    expect(await keychain.read(newEntry())).toMatchObject({ state: 'unavailable' });
  });
});

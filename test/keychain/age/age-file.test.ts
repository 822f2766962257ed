import { chmod, mkdir, readdir, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inTurn } from '../../../source/keychain/entry-store.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { another, contents, data, directory, entry, identity, open, root, value } from './opening.ts';

describe('the encrypted file', () => {
  it('is made by the first write: for its owner alone, and without a word of the keys', async () => {
    await open().write(entry, value);
    expect((await readdir(directory)).sort()).toEqual(['identity.age', 'keys.age']);
    const mode = async (path: string) => (await stat(path)).mode & 0o777;
    expect([await mode(directory), await mode(identity), await mode(data)]).toEqual([0o700, 0o600, 0o600]);
    expect(JSON.stringify(await contents())).not.toMatch(/a value|credential|AGE-SECRET-KEY/);
  });

  it('is written for its owner alone even if it was open to others before', async () => {
    const keychain = open();
    await keychain.write(entry, value);
    await chmod(data, 0o644);
    await keychain.write(another, value);
    expect((await stat(data)).mode & 0o777).toBe(0o600);
  });

  it('asks for the passphrase once, at the first need, and says what for', async () => {
    const passphrase = vi.fn(async (_purpose: 'open' | 'create') => new Secret('correct horse'));
    const first = open({ passphrase });
    expect(await first.read(entry)).toEqual({ state: 'absent' });
    await first.remove(entry);
    expect(passphrase).not.toHaveBeenCalled();
    await first.write(entry, value);
    await first.write(another, value);
    expect(passphrase.mock.calls).toEqual([['create']]);
    const second = open({ passphrase });
    await Promise.all([second.read(entry), second.read(another)]);
    await second.remove(another);
    expect(passphrase.mock.calls).toEqual([['create'], ['open']]);
  });

  it('asks before it takes the lock: people take their time', async () => {
    const order: string[] = [];
    const withLock = async <T>(work: () => Promise<T>) => {
      order.push('lock');
      return work();
    };
    const passphrase = async () => {
      order.push('passphrase');
      return new Secret('correct horse');
    };
    await open({ withLock, passphrase }).write(entry, value);
    expect(order).toEqual(['passphrase', 'lock']);
  });

  it('refuses a wrong passphrase, changes nothing, and asks again the next time', async () => {
    await open().write(entry, value);
    const before = await contents();
    const answers = ['wrong', 'wrong again', 'still wrong', 'correct horse'];
    const keychain = open({ passphrase: async () => new Secret(answers.shift() ?? '') });
    await expect(keychain.read(entry)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    await expect(keychain.write(another, value)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    expect(await keychain.probe()).toMatchObject({ state: 'denied', code: 'passphrase-wrong' });
    expect(await contents()).toEqual(before);
    expect(await keychain.read(entry)).toEqual({ state: 'value', secret: value });
  });

  it('refuses an empty passphrase for a new file', async () => {
    const keychain = open({ passphrase: async () => new Secret('') });
    await expect(keychain.write(entry, value)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    expect(await readdir(root)).toEqual([]);
  });

  it('says what stopped the passphrase from coming', async () => {
    await open().write(entry, value);
    const passphrase = async () => {
      throw new Error('nobody is here');
    };
    await expect(open({ passphrase }).read(entry)).rejects.toThrow('nobody is here');
    expect(await open({ passphrase }).probe()).toMatchObject({
      reason: expect.stringContaining('nobody is here'),
    });
  });

  it('keeps the entries of two writers that know nothing of each other', async () => {
    const withLock = inTurn();
    const [one, two] = [open({ withLock }), open({ withLock })];
    await Promise.all([one.write(entry, value), two.write(another, value)]);
    await one.remove(entry);
    expect(await two.read(entry)).toEqual({ state: 'absent' });
    expect(await one.read(another)).toEqual({ state: 'value', secret: value });
  });

  it('follows a link to where its owner keeps it, and leaves the link', async () => {
    await open().write(entry, value);
    const elsewhere = join(root, 'elsewhere.age');
    await rename(data, elsewhere);
    await symlink(elsewhere, data);
    await open().write(another, value);
    expect(await readlink(data)).toBe(elsewhere);
    expect(await open().read(another)).toEqual({ state: 'value', secret: value });
    expect((await stat(elsewhere)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it can not be written, and loses nothing', async () => {
    await open().write(entry, value);
    const before = await contents();
    await rm(data);
    await mkdir(data);
    await expect(open().write(another, value)).rejects.toMatchObject({ name: 'CastkeysError' });
    await rm(data, { recursive: true });
    await writeFile(data, before['keys.age'] ?? '', 'latin1');
    expect(await contents()).toEqual(before);
  });
});

describe('the probe of the encrypted file', () => {
  it('tries the directory, and asks nobody, while there is no file yet', async () => {
    const passphrase = vi.fn();
    expect(await open({ passphrase }).probe()).toMatchObject({
      state: 'usable',
      evidence: expect.stringContaining(`in ${directory}, where the encrypted file will be`),
    });
    expect(await readdir(directory)).toEqual([]);
    expect(passphrase).not.toHaveBeenCalled();
  });

  it('says that the directory can not be written', async () => {
    await writeFile(directory, 'a file in its place');
    expect(await open().probe()).toMatchObject({ state: 'denied', code: 'home-unwritable' });
  });
});

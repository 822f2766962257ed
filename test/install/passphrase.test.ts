import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Passphrase } from '../../source/install/install.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { temporaryDirectory } from '../support/temporary.ts';

describe('the passphrase of the encrypted file', () => {
  it('comes from the file that is named, without its last line break', async () => {
    using directory = temporaryDirectory();
    for (const [content, passphrase] of [
      ['correct horse\n', 'correct horse'],
      ['correct horse\r\n', 'correct horse'],
      [' two lines \n\n', ' two lines \n'],
    ] as const) {
      writeFileSync(directory.at('p'), content);
      const env = { CASTKEYS_PASSPHRASE_FILE: directory.at('p'), CASTKEYS_PASSPHRASE: 'the other' };
      expect((await new Passphrase(env).get()).reveal()).toBe(passphrase);
    }
  });

  it('comes from the environment, else from whoever is there, once', async () => {
    expect((await new Passphrase({ CASTKEYS_PASSPHRASE: 'x' }).get()).reveal()).toBe('x');
    let prompts = 0;
    const passphrase = new Passphrase({}, async () => {
      prompts += 1;
      return new Secret(`typed ${prompts}`);
    });
    expect(passphrase.isKnown).toBe(false);
    expect((await passphrase.get()).reveal()).toBe('typed 1');
    expect((await passphrase.get()).reveal()).toBe('typed 1');
    expect(passphrase.isKnown).toBe(true);
  });

  it('that a wizard was given comes first', async () => {
    const passphrase = new Passphrase({ CASTKEYS_PASSPHRASE: 'x' });
    passphrase.give(new Secret('y'));
    expect((await passphrase.get()).reveal()).toBe('y');
  });

  it('is missing where nobody is there: the file stays locked', async () => {
    await expect(new Passphrase({}).get()).rejects.toMatchObject({ code: 'keychain-locked', exitCode: 4 });
  });

  it('is wrong where its file can not be read', async () => {
    const env = { CASTKEYS_PASSPHRASE_FILE: '/nowhere/p' };
    await expect(new Passphrase(env).get()).rejects.toMatchObject({ code: 'passphrase-wrong', exitCode: 4 });
  });
});

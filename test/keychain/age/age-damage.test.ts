import { readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { passphraseIdentity } from '../../../source/keychain/age/age-scrypt.ts';
import { openText, sealText } from '../../../source/keychain/age/age-text.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { another, contents, data, directory, entry, identity, open, root, value } from './opening.ts';

describe('a creation that was killed', () => {
  it.each([
    ['before the data was there', ['keys.age']],
    ['before the identity got its name', []],
  ])('%s begins anew, since nothing was ever promised', async (_, missing) => {
    await open().write(entry, value);
    await rename(identity, join(directory, 'identity.age.new'));
    for (const name of missing) await rm(join(directory, name));
    expect(await open().read(entry)).toEqual({ state: 'absent' });
    await open().write(another, value);
    expect((await readdir(directory)).sort()).toEqual(['identity.age', 'keys.age']);
    expect(await open().read(another)).toEqual({ state: 'value', secret: value });
  });
});

describe('a damaged file', () => {
  const harms: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    [
      'the data is missing',
      () => rm(data),
      /keys\.age, which holds the keys, is missing; .*identity\.age, which opens it, is still there/,
    ],
    [
      'the identity is missing',
      () => rm(identity),
      /identity\.age, which opens the keys, is missing; .*keys\.age, which holds them, is still there/,
    ],
    [
      'the data is a link that leads nowhere',
      () => rm(data).then(() => symlink(join(root, 'gone'), data)),
      /keys\.age is damaged/,
    ],
    ['the data is empty', () => truncate(data, 0), /keys\.age is damaged: it is no age file/],
    ['the data was cut off', () => truncate(data, 150), /keys\.age is damaged/],
    ['the identity was cut off', () => truncate(identity, 150), /identity\.age is damaged/],
    [
      'the data is something else',
      () => writeFile(data, '{"entries":{}}'),
      /keys\.age is damaged: it is no age file/,
    ],
    [
      'the data is for another identity',
      async () => writeFile(data, await sealText('{}', await strangersRecipient())),
      /encrypted to somebody else/,
    ],
    [
      'the data was not written by castkeys',
      async () => writeFile(data, await sealText('["a-secret"]', await ownRecipient())),
      /not written by castkeys/,
    ],
    [
      'a byte of the data was changed',
      async () =>
        writeFile(
          data,
          (await readFile(data, 'latin1')).replace(
            /(.)(=*\n-----END)/,
            (_, last, rest) => (last === 'A' ? 'B' : 'A') + rest,
          ),
        ),
      /keys\.age is damaged/,
    ],
  ];

  it.each(harms)('is named, and never overwritten, where %s', async (_, harm, reason) => {
    await open().write(entry, value);
    await harm();
    const before = await contents().catch(() => undefined);
    const read = await open().read(entry);
    expect(read).toMatchObject({ state: 'unavailable', reason: expect.stringMatching(reason) });
    await expect(open().write(another, value)).rejects.toMatchObject({ code: 'keychain-damaged' });
    await expect(open().remove(entry)).rejects.toMatchObject({ code: 'keychain-damaged' });
    expect(await open().probe()).toMatchObject({ state: 'unavailable', code: 'keychain-damaged' });
    expect(await contents().catch(() => undefined)).toEqual(before);
    expect(JSON.stringify(read)).not.toContain('a-secret');
  });
});

async function strangersRecipient(): Promise<string> {
  return identityToRecipient(await generateX25519Identity());
}

/** The recipient of the file under test. */
async function ownRecipient(): Promise<string> {
  const opened = await openText(await readFile(identity), passphraseIdentity(new Secret('correct horse')));
  return identityToRecipient(opened.trim());
}

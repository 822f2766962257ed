import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ageFileKeychain } from '../../../source/keychain/age/age-file.ts';
import { passphraseIdentity, passphraseRecipient } from '../../../source/keychain/age/age-scrypt.ts';
import { openText, sealText } from '../../../source/keychain/age/age-text.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { age, hasAge } from './age-program.ts';

const passphrase = 'correct horse ü';
const given = new Secret(passphrase);
const entry = { kind: 'credential', id: 'one' } as const;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'castkeys-age-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe.skipIf(!hasAge)(
  'the encrypted file and the age program (skipped without it: apt-get install age)',
  () => {
    it('opens with both files and the passphrase, without castkeys', async () => {
      const keychain = ageFileKeychain({ installId: 'install', directory, passphrase: async () => given });
      await keychain.write(entry, new Secret('a value'));
      const identity = join(directory, 'identity.age');
      const { shown, exitCode } = await age(['-d', '-i', identity, join(directory, 'keys.age')], passphrase);
      expect(shown).toContain('{"version":1,"entries":{"install/credential/one":"a value"}}');
      expect(exitCode).toBe(0);
    });

    it('has an identity that age decrypts, too', async () => {
      const { shown } = await age(['-d', join(directory, 'identity.age')], passphrase);
      expect(shown).toMatch(/AGE-SECRET-KEY-1[0-9A-Z]{58}/);
    });

    it('does not open with another passphrase', async () => {
      const { shown, exitCode } = await age(['-d', join(directory, 'identity.age')], 'wrong');
      expect(shown).not.toContain('AGE-SECRET-KEY');
      expect(exitCode).not.toBe(0);
    });

    it('is still read after its owner encrypted it anew with age, armored or not', async () => {
      for (const armor of [[], ['-a']]) {
        const home = await mkdtemp(join(directory, 'home-'));
        const [inner, outer] = [join(home, 'plain'), join(home, 'identity.age')];
        const opened = await openText(
          await readFile(join(directory, 'identity.age')),
          passphraseIdentity(given),
        );
        await writeFile(inner, `# castkeys\n${opened}`);
        const { exitCode } = await age(['-p', ...armor, '-o', outer, inner], passphrase);
        expect(exitCode).toBe(0);
        await writeFile(join(home, 'keys.age'), await readFile(join(directory, 'keys.age')));
        const keychain = ageFileKeychain({
          installId: 'install',
          directory: home,
          passphrase: async () => given,
        });
        expect(await keychain.read(entry)).toEqual({ state: 'value', secret: new Secret('a value') });
      }
    });
  },
);

describe('a file under a passphrase', () => {
  it('lets the event loop run while the passphrase is worked on', async () => {
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 5);
    await sealText('text', passphraseRecipient(given));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(10);
  });

  it("opens what age-encryption's own scrypt sealed, and the other way round", async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    encrypter.setScryptWorkFactor(4);
    const theirs = Buffer.from(await encrypter.encrypt('theirs'));
    expect(await openText(theirs, passphraseIdentity(given))).toBe('theirs');
    const ours = Buffer.from(await sealText('ours', passphraseRecipient(given, 4)));
    expect(await openText(ours, passphraseIdentity(given))).toBe('ours');
  });

  it('says that a passphrase is wrong, and not that the file is damaged', async () => {
    const file = Buffer.from(await sealText('text', passphraseRecipient(given, 4)));
    await expect(openText(file, passphraseIdentity(new Secret('wrong')))).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
  });

  it.each([
    [
      'work that would keep the machine busy',
      '-> scrypt bm90IGEgcmVhbCBzYWx0IQ 23\n',
      'work factor, 23, is too high',
    ],
    ['work that is no number', '-> scrypt bm90IGEgcmVhbCBzYWx0IQ 018\n', 'malformed'],
    ['a short salt', '-> scrypt c2FsdA 18\n', 'malformed'],
    ['an argument too many', '-> scrypt bm90IGEgcmVhbCBzYWx0IQ 18 x\n', 'malformed'],
    ['somebody else as its recipient', '-> X25519 bm90IGEgcmVhbCBzYWx0IQ\n', 'encrypted to somebody else'],
  ])('is refused without work if it has %s', async (_, stanza, why) => {
    const body = `${Buffer.alloc(32).toString('base64').slice(0, 43)}\n`;
    const file = Buffer.from(
      `age-encryption.org/v1\n${stanza}${body}--- ${'A'.repeat(43)}\n${'x'.repeat(40)}`,
    );
    const started = performance.now();
    await expect(openText(file, passphraseIdentity(given))).rejects.toThrow(why);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

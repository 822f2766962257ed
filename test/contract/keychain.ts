import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CastkeysError } from '../../source/errors.ts';
import type { EntryName, Keychain, ReadResult } from '../../source/keychain/keychain.ts';
import { Secret } from '../../source/keychain/secret.ts';

/** One place for secrets, through which any number of keychains can be opened. */
export interface KeychainPlace {
  /** Another keychain on the same place, as another process would open it. */
  open(): Keychain;
  end(): Promise<void>;
}

/** What every keychain promises. */
export function keychainContract(name: string, makePlace: () => Promise<KeychainPlace>): void {
  describe(`the contract of a keychain: ${name}`, () => {
    let place: KeychainPlace;
    let keychain: Keychain;

    beforeAll(async () => {
      place = await makePlace();
      keychain = place.open();
    });
    afterAll(async () => {
      await keychain?.close();
      await place?.end();
    });

    it('says absent for what was never written', async () => {
      expect(await keychain.read(newEntry())).toEqual({ state: 'absent' });
    });

    it('gives back what was written, until it is removed', async () => {
      const entry = newEntry();
      await keychain.write(entry, new Secret('a value'));
      expect(valueIn(await keychain.read(entry))).toBe('a value');
      await keychain.remove(entry);
      expect(await keychain.read(entry)).toEqual({ state: 'absent' });
    });

    it('removes what is not there without a word', async () => {
      await expect(keychain.remove(newEntry())).resolves.toBeUndefined();
    });

    it('keeps entries of one id and different kinds apart', async () => {
      const id = randomUUID();
      await keychain.write({ kind: 'credential', id }, new Secret('one'));
      await keychain.write({ kind: 'master', id }, new Secret('two'));
      await keychain.remove({ kind: 'master', id });
      expect(valueIn(await keychain.read({ kind: 'credential', id }))).toBe('one');
    });

    it('never overwrites: another value under a name is refused, and the first stays', async () => {
      const entry = newEntry();
      await keychain.write(entry, new Secret('the first'));
      await expect(keychain.write(entry, new Secret('the second'))).rejects.toMatchObject({
        code: 'secret-altered',
      });
      expect(valueIn(await keychain.read(entry))).toBe('the first');
    });

    it('lets an interrupted write be repeated', async () => {
      const entry = newEntry();
      await keychain.write(entry, new Secret('the same'));
      await keychain.write(entry, new Secret('the same'));
      expect(valueIn(await keychain.read(entry))).toBe('the same');
    });

    it.each([
      ['accents and other scripts', 'pässwörd-ключ-鍵-🔑'],
      ['quotes, a backslash and line breaks', '"\\\n\r\t\''],
      ['white space at both ends', '  value  '],
      ['something that looks like JSON', '{"version":1}'],
      ['2 kB', 'k'.repeat(2048)],
      ['as much as every keychain holds', 'ü'.repeat(1280)],
    ])('gives back %s byte by byte', async (_, value) => {
      const entry = newEntry();
      await keychain.write(entry, new Secret(value));
      expect(valueIn(await keychain.read(entry))).toBe(value);
      await keychain.remove(entry);
    });

    it.each([
      ['nothing at all', ''],
      ['a NUL, where a keychain would cut it off', 'before\0after'],
      ['half a surrogate pair', 'key\ud83d'],
      ['more than Windows holds', 'k'.repeat(2561)],
      ['more than Windows holds, in UTF-8', 'ü'.repeat(1281)],
    ])('refuses %s, and stores nothing', async (_, value) => {
      const entry = newEntry();
      await expect(keychain.write(entry, new Secret(value))).rejects.toMatchObject({
        code: 'secret-unstorable',
      });
      expect(await keychain.read(entry)).toEqual({ state: 'absent' });
    });

    it.each(['', 'a/b', 'a\nb', '../up'])('refuses the id %j, which could name another entry', async id => {
      await expect(keychain.read({ kind: 'credential', id })).rejects.toMatchObject({
        code: 'config-invalid',
      });
    });

    it('shows every keychain on the same place the same entries', async () => {
      const other = place.open();
      const entry = newEntry();
      await keychain.write(entry, new Secret('from one'));
      expect(valueIn(await other.read(entry))).toBe('from one');
      await other.remove(entry);
      expect(await keychain.read(entry)).toEqual({ state: 'absent' });
      await other.close();
    });

    it('loses nothing when two write at once', async () => {
      const other = place.open();
      const entries = Array.from({ length: 8 }, newEntry);
      await Promise.all(
        entries.map((entry, index) =>
          (index % 2 ? keychain : other).write(entry, new Secret(`value ${index}`)),
        ),
      );
      const values = await Promise.all(entries.map(async entry => valueIn(await keychain.read(entry))));
      expect(values).toEqual(entries.map((_, index) => `value ${index}`));
      await other.close();
    });

    it('lets one of two win when both write the same name, and tells the other', async () => {
      const other = place.open();
      const entry = newEntry();
      const outcomes = await Promise.allSettled([
        keychain.write(entry, new Secret('mine')),
        other.write(entry, new Secret('theirs')),
      ]);
      const [won, lost] = [...outcomes].sort((a, b) => a.status.localeCompare(b.status));
      expect(won?.status).toBe('fulfilled');
      expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'secret-altered' } });
      const value = outcomes[0].status === 'fulfilled' ? 'mine' : 'theirs';
      expect(valueIn(await keychain.read(entry))).toBe(value);
      await other.close();
    });

    it('proves by a test entry that it works, and leaves nothing of it', async () => {
      const result = await keychain.probe();
      expect(result).toMatchObject({
        state: 'usable',
        evidence: expect.stringMatching(/^wrote, read back and removed a test /),
      });
      expect(result.ms).toBeLessThan(2000);
    });

    it('closes as often as it is told to', async () => {
      const other = place.open();
      await other.read(newEntry());
      await other.close();
      await other.close();
      await place.open().close();
    });

    it('shows no secret when it, a result or an error of it is printed', async () => {
      const entry = newEntry();
      const value = ['not', 'to', 'be', 'seen'].join('-');
      await keychain.write(entry, new Secret(value));
      const read = await keychain.read(entry);
      const error = await keychain
        .write(entry, new Secret(`${value}, either`))
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(CastkeysError);
      const printed = [keychain, read, error].map(shown => inspect(shown, { depth: 20, showHidden: true }));
      expect(printed.join() + JSON.stringify([keychain, read, error])).not.toContain(value);
    });
  });
}

function newEntry(): EntryName {
  return { kind: 'credential', id: randomUUID() };
}

function valueIn(result: ReadResult): string {
  if (result.state !== 'value') throw new Error(`expected a value, found ${JSON.stringify(result)}`);
  return result.secret.reveal();
}

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { deriveKey, fingerprint, loadFingerprinter, loadMasterKey } from '../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { Secret } from '../../source/keychain/secret.ts';

const master = { kind: 'master', id: 'v1' } as const;

describe('the master key of an install', () => {
  it('is not made by looking for it', async () => {
    const keychain = memoryKeychain();
    expect(await loadMasterKey(keychain, { create: false })).toBeUndefined();
    expect(await keychain.read(master)).toEqual({ state: 'absent' });
  });

  it('is made once, of 32 random bytes, and found again', async () => {
    const keychain = memoryKeychain();
    const made = await loadMasterKey(keychain, { create: true });
    const found = await loadMasterKey(keychain, { create: true });
    const others = await loadMasterKey(memoryKeychain(), { create: true });
    expect(made.symmetricKeySize).toBe(32);
    expect(found.equals(made)).toBe(true);
    expect(others.equals(made)).toBe(false);
  });

  it('is one, even if many make it at once', async () => {
    const keychain = memoryKeychain();
    const keys = await Promise.all(
      Array.from({ length: 5 }, () => loadMasterKey(keychain, { create: true })),
    );
    expect(new Set(keys.map(key => key.export().toString('hex'))).size).toBe(1);
  });

  it('is never made anew while the keychain can not say whether there is one', async () => {
    const keychain = memoryKeychain({ trouble: () => ({ state: 'locked', reason: 'it is locked' }) });
    await expect(loadMasterKey(keychain, { create: true })).rejects.toMatchObject({
      code: 'keychain-locked',
    });
  });

  it('is refused, and left alone, if it is not one', async () => {
    const keychain = memoryKeychain();
    await keychain.write(master, new Secret('c2hvcnQ'));
    await expect(loadMasterKey(keychain, { create: true })).rejects.toMatchObject({ code: 'secret-altered' });
    expect(await keychain.read(master)).toMatchObject({ state: 'value' });
  });

  it('gives each purpose a key of its own, always the same', async () => {
    const key = await loadMasterKey(memoryKeychain(), { create: true });
    const pepper = deriveKey(key, 'fingerprint-pepper');
    expect(deriveKey(key, 'fingerprint-pepper').equals(pepper)).toBe(true);
    expect(deriveKey(key, 'audit-mac').equals(pepper)).toBe(false);
    expect(pepper.equals(key)).toBe(false);
  });

  it('shows nothing of itself when it is printed', async () => {
    const key = await loadMasterKey(memoryKeychain(), { create: true });
    const shown = inspect([key, deriveKey(key, 'audit-mac')], { depth: 10, showHidden: true });
    expect(shown).not.toContain(key.export().toString('hex').slice(0, 8));
    expect(shown).not.toContain(key.export().toString('base64url').slice(0, 8));
    expect(shown).not.toContain('<Buffer');
  });
});

describe('a fingerprint', () => {
  it('tells secrets apart and says nothing of them', async () => {
    const of = await loadFingerprinter(memoryKeychain(), { create: true });
    expect(of(new Secret('one'))).toBe(of(new Secret('one')));
    expect(of(new Secret('one'))).not.toBe(of(new Secret('two')));
    expect(of(new Secret('one'))).toMatch(/^[\w-]{43}$/);
  });

  it('is of no use outside its install', async () => {
    const here = await loadFingerprinter(memoryKeychain(), { create: true });
    const elsewhere = await loadFingerprinter(memoryKeychain(), { create: true });
    expect(here(new Secret('one'))).not.toBe(elsewhere(new Secret('one')));
  });

  it('is an HMAC-SHA-256 under the pepper that is derived for it', async () => {
    const keychain = memoryKeychain();
    const of = await loadFingerprinter(keychain, { create: true });
    const key = await loadMasterKey(keychain, { create: true });
    expect(of(new Secret('ü'))).toBe(fingerprint(new Secret('ü'), deriveKey(key, 'fingerprint-pepper')));
  });

  it('can not be made where there never was a master key', async () => {
    expect(await loadFingerprinter(memoryKeychain(), { create: false })).toBeUndefined();
  });
});

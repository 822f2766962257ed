import { describe, expect, it } from 'vitest';
import { type EntryStore, keychainOver, noLock } from '../../source/keychain/entry-store.ts';
import type { ReadResult } from '../../source/keychain/keychain.ts';
import { probeEntries } from '../../source/keychain/probe-entries.ts';
import { Secret } from '../../source/keychain/secret.ts';

const entry = { kind: 'credential', id: 'one' } as const;
const secret = new Secret('a value');
const value = (text: string): ReadResult => ({ state: 'value', secret: new Secret(text) });

/** A store that gives these answers to its reads, and notes what it is told to do. */
function storeThatReads(...answers: readonly ReadResult[]) {
  const told: string[] = [];
  const left = [...answers];
  const entries: EntryStore = {
    get: async () => left.shift() ?? { state: 'absent' },
    set: async () => void told.push('set'),
    delete: async () => void told.push('delete'),
  };
  const glance = async () => ({ name: 'a store', obstacle: undefined });
  const keychain = keychainOver({
    store: 'memory',
    installId: 'install',
    entries,
    lockWrite: noLock,
    probe: account => probeEntries(entries, account, glance),
    close: async () => {},
  });
  return { keychain, told };
}

describe('a write to a store that does not keep its word', () => {
  it('takes back what the store gave back changed', async () => {
    const { keychain, told } = storeThatReads({ state: 'absent' }, value('another'));
    await expect(keychain.write(entry, secret)).rejects.toMatchObject({ code: 'secret-altered' });
    expect(told).toEqual(['set', 'delete']);
  });

  it('says so when the store took the value and does not have it', async () => {
    const { keychain } = storeThatReads({ state: 'absent' }, { state: 'absent' });
    await expect(keychain.write(entry, secret)).rejects.toMatchObject({ code: 'secret-altered' });
  });

  it('does not claim that nothing was changed when only the reading back failed', async () => {
    const { keychain } = storeThatReads({ state: 'absent' }, { state: 'timeout', reason: 'it sleeps' });
    const error = await keychain.write(entry, secret).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      code: 'keychain-timeout',
      message: expect.stringContaining('was written, but not read back'),
    });
    expect(error).not.toMatchObject({ message: expect.stringContaining('Nothing was changed') });
  });

  it.each([
    ['locked', 'keychain-locked'],
    ['denied', 'keychain-denied'],
    ['unavailable', 'keychain-missing'],
    ['timeout', 'keychain-timeout'],
  ] as const)('writes nothing while the store is %s', async (state, code) => {
    const { keychain, told } = storeThatReads({ state, reason: 'it is so', fix: 'do this' });
    await expect(keychain.write(entry, secret)).rejects.toMatchObject({
      code,
      message: 'It is so. Nothing was changed.',
      next: 'do this',
    });
    expect(told).toEqual([]);
  });
});

describe('a probe of a store that does not keep its word', () => {
  it.each<[string, ReadResult, string]>([
    ['loses what it is given', { state: 'absent' }, 'unavailable'],
    ['changes what it is given', value('another'), 'unavailable'],
    ['locks itself half-way', { state: 'locked', reason: 'it is locked' }, 'locked'],
  ])('says that it %s, and cleans up', async (_, answer, state) => {
    const { keychain, told } = storeThatReads(answer);
    expect(await keychain.probe()).toMatchObject({ state });
    expect(told).toEqual(['set', 'delete']);
  });
});

import { describe, expect, it } from 'vitest';
import { keychain } from '../../../source/checklist/checks/keychain.ts';
import type { Keychain, Trouble } from '../../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../../source/keychain/memory-keychain.ts';
import { aKey } from '../../support/install.ts';
import { keychainWith, subjectOf, withSlots } from '../support/subjects.ts';

const measure = (store: Keychain, config = withSlots({ reader: {} })) =>
  keychain.measure(subjectOf(config, { keychain: async () => store }));

describe('keys in the keychain', () => {
  it('holds where the keychain works and has every key', async () => {
    expect(await measure(await keychainWith({ reader: aKey() }))).toMatchObject({
      state: 'pass',
      evidence: /^wrote, read back and removed a test entry/,
    });
  });

  it.each<Trouble>(['locked', 'denied', 'unavailable', 'timeout'])(
    'fails where the keychain is in trouble: %s',
    async state => {
      const store = memoryKeychain({ trouble: () => ({ state, reason: 'it is so' }) });
      expect(await measure(store)).toMatchObject({
        state: 'fail',
        evidence: /it is so/i,
        fix: expect.any(String),
      });
    },
  );

  it('fails where no key is stored yet', async () => {
    expect(await measure(memoryKeychain(), withSlots({}))).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('no key is stored yet'),
      fix: 'castkeys setup',
    });
  });

  it('fails where somebody removed a key, with the command that stores it again', async () => {
    const config = withSlots({ reader: {}, writer: {} });
    expect(await measure(await keychainWith({ reader: aKey() }), config)).toEqual({
      state: 'fail',
      evidence: 'the writer key is gone from it',
      fix: 'castkeys keys add --role writer --replace',
    });
  });

  it('does not advise to replace a key that can only not be read', async () => {
    const store = await keychainWith({ reader: aKey() });
    const reading: Keychain = {
      ...store,
      read: async () => ({ state: 'locked', reason: 'it was locked just now' }),
    };
    expect(await measure(reading)).toEqual({
      state: 'fail',
      evidence: 'it was locked just now',
      fix: 'castkeys doctor',
    });
  });
});

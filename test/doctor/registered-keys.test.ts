import { describe, expect, it } from 'vitest';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { configWith, credential, diagnose, profileWith } from './support/machine.ts';

describe('Registered keys', () => {
  const settings = configWith({
    profiles: { staging: profileWith({ reader: 'c1', writer: 'c2' }) },
    credentials: { c1: credential('one'), c2: credential('two'), old: credential('replaced') },
    admins: { 'https://api.cast.ai o1': 'c3' },
  });
  const entry = (id: string) => [`memory/credential/${id}`, new Secret(`value of ${id}`)] as const;

  it('are all looked for, the admin credential too', async () => {
    const entries = new Map([entry('c1'), entry('c2'), entry('c3')]);
    const line = await diagnose({ settings, openKeychain: async () => memoryKeychain({ entries }) });
    expect(line('registered-keys')).toMatchObject({ state: 'pass', evidence: '3 of 3 are there' });
    expect(JSON.stringify(line('registered-keys'))).not.toContain('value of');
  });

  it('that are gone fail, with the command that brings one back', async () => {
    const entries = new Map([entry('c1'), entry('c3')]);
    const line = await diagnose({ settings, openKeychain: async () => memoryKeychain({ entries }) });
    expect(line('registered-keys')).toMatchObject({
      state: 'fail',
      evidence: '2 of 3 are there; writer of staging: absent (it was stored in the keychain)',
      fix: 'castkeys keys add --profile staging --role writer --replace',
    });
  });

  it('are unknown while the keychain is locked', async () => {
    const trouble = () => ({ state: 'locked', reason: 'it is locked' }) as const;
    const line = await diagnose({ settings, openKeychain: async () => memoryKeychain({ trouble }) });
    expect(line('registered-keys').state).toBe('unknown');
  });

  it('that no profile uses any more are leftovers', async () => {
    expect((await diagnose({ settings }))('leftovers')).toMatchObject({
      state: 'warn',
      evidence: expect.stringContaining('no profile uses replaced (added 2026-01-02)'),
    });
    expect((await diagnose())('leftovers').state).toBe('pass');
  });
});

import { describe, expect, it } from 'vitest';
import { distinctKeys } from '../../../source/checklist/checks/distinct-keys.ts';
import type { Config } from '../../../source/profiles/profiles.ts';
import { aProfile } from '../../profiles/support/configs.ts';
import { aCredential, subjectOf, withSlots } from '../support/subjects.ts';

/** The same, with another profile that holds a key of this fingerprint. */
function beside(config: Config, fingerprint: string): Config {
  return {
    ...config,
    profiles: { ...config.profiles, prod: aProfile({ slots: { writer: 'other' } }) },
    credentials: { ...config.credentials, other: aCredential({ fingerprint }) },
  };
}

const measure = (config: Config) => distinctKeys.measure(subjectOf(config));

describe('keys of their own', () => {
  it('holds for the only key there is', async () => {
    expect(await measure(withSlots({ reader: {} }))).toEqual({
      state: 'pass',
      evidence: 'this is the only key',
    });
  });

  it('holds for keys that differ', async () => {
    const config = beside(withSlots({ reader: { fingerprint: 'a' }, writer: { fingerprint: 'b' } }), 'c');
    expect(await measure(config)).toMatchObject({ state: 'pass', evidence: /^3 keys, all different/ });
  });

  it('fails for one key in two roles', async () => {
    const config = withSlots({ reader: { fingerprint: 'a' }, writer: { fingerprint: 'a' } });
    expect(await measure(config)).toMatchObject({
      state: 'fail',
      evidence: 'dev reader and dev writer hold the same key',
      fix: 'castkeys keys add --role reader --replace',
    });
  });

  it('fails for a key that another profile holds, too', async () => {
    expect(await measure(beside(withSlots({ reader: { fingerprint: 'a' } }), 'a'))).toMatchObject({
      state: 'fail',
      evidence: 'dev reader and prod writer hold the same key',
    });
  });

  it('leaves the admin credential out: it may be a key of a profile', async () => {
    const config = withSlots({ reader: {} });
    expect(await measure({ ...config, admins: { 'https://api.cast.ai o1': 'reader' } })).toMatchObject({
      state: 'pass',
    });
  });

  it('is not known where no key is stored yet', async () => {
    expect(await measure(withSlots({}))).toMatchObject({ state: 'unknown' });
  });
});

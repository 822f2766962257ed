import { describe, expect, it } from 'vitest';
import { keyAge } from '../../../source/checklist/checks/key-age.ts';
import type { Credential } from '../../../source/profiles/profiles.ts';
import { aProfile } from '../../profiles/support/configs.ts';
import { today } from '../../support/install.ts';
import { subjectOf, withSlots } from '../support/subjects.ts';

const daysAgo = (days: number) => new Date(today.getTime() - days * 24 * 60 * 60 * 1000).toISOString();
const inDays = (days: number) => daysAgo(-days);

const measure = (reader: Partial<Credential>, maxAgeDays = 90) => {
  const policy = { ...aProfile().policy, maxAgeDays };
  return keyAge.measure(subjectOf(withSlots({ reader }, { policy })));
};

describe('the age of a key', () => {
  it.each([
    [0, 'pass', 'reader is 0 days old of 90 allowed'],
    [1, 'pass', 'reader is 1 day old of 90 allowed'],
    [76, 'pass', '76 days old'],
    [77, 'warn', 'reader is 77 days old; due in 13 days'],
    [90, 'warn', 'due in 0 days'],
    [91, 'fail', 'reader is 91 days old; the policy allows 90'],
  ])('of %i days under a policy of 90 is a %s', async (days, state, evidence) => {
    expect(await measure({ createdAt: daysAgo(days) })).toMatchObject({
      state,
      evidence: expect.stringContaining(evidence),
      ...(state === 'pass' ? {} : { fix: 'castkeys rotate --role reader' }),
    });
  });

  it('can be young enough under a short policy, too', async () => {
    expect(await measure({ createdAt: daysAgo(1) }, 7)).toMatchObject({ state: 'pass' });
    expect(await measure({ createdAt: daysAgo(6) }, 7)).toMatchObject({ state: 'warn' });
    expect(await measure({ createdAt: daysAgo(0) }, 1)).toMatchObject({ state: 'pass' });
  });

  it.each([
    [-0.5, 'fail', 'reader expired 1 day ago'],
    [-30, 'fail', 'expired 30 days ago'],
    [0.5, 'warn', 'expires in 0 days'],
    [13, 'warn', 'expires in 13 days'],
    [15, 'pass', '0 days old'],
  ])('of one that expires in %d days is a %s', async (days, state, evidence) => {
    expect(await measure({ expiresAt: inDays(days) })).toMatchObject({
      state,
      evidence: expect.stringContaining(evidence),
    });
  });

  it('counts from when castkeys got it where Cast AI does not tell, and then it is no pass', async () => {
    const unknown = withSlots({ reader: { addedAt: daysAgo(10) } });
    const { createdAt: _, ...credential } = unknown.credentials['reader'] ?? {};
    const config = { ...unknown, credentials: { reader: credential } } as typeof unknown;
    expect(await keyAge.measure(subjectOf(config))).toMatchObject({
      state: 'unknown',
      evidence: 'reader has been here for 10 days; when Cast AI made it is not known',
    });
    const old = {
      ...config,
      credentials: { reader: { ...credential, addedAt: daysAgo(91) } },
    } as typeof unknown;
    expect(await keyAge.measure(subjectOf(old))).toMatchObject({ state: 'fail' });
  });

  it('of one made in the future, as a wrong clock has it, is none', async () => {
    expect(await measure({ createdAt: inDays(2) })).toMatchObject({
      state: 'pass',
      evidence: /^reader is 0 days/,
    });
  });

  it('of two keys is as bad as the worse, with the evidence of both', async () => {
    const config = withSlots({ reader: { createdAt: daysAgo(1) }, writer: { createdAt: daysAgo(100) } });
    expect(await keyAge.measure(subjectOf(config))).toEqual({
      state: 'fail',
      evidence: 'reader is 1 day old of 90 allowed; writer is 100 days old; the policy allows 90',
      fix: 'castkeys rotate --role writer',
    });
  });

  it('is not known where no key is stored yet', async () => {
    expect(await keyAge.measure(subjectOf(withSlots({})))).toMatchObject({
      state: 'unknown',
      fix: 'castkeys setup',
    });
  });
});

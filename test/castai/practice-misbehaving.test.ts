import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CastaiClient, castaiClient, verifyKey } from '../../source/castai/castai.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { failureOf } from './support/client.ts';

let practice: PracticeServer;
let admin: CastaiClient;

beforeAll(async () => {
  practice = await startPractice();
  const { url: origin, organizationId, keys } = practice;
  admin = castaiClient({ origin, organizationId, secret: keys.admin, sleep: async () => {} });
});
afterAll(() => practice.close());
beforeEach(() => practice.control.behave({ failures: [] }));

describe('when the practice server misbehaves', () => {
  it.each([
    ['rateLimited', 'rate-limited'],
    ['serverError', 'server'],
    ['notFound', 'not-found'],
    ['html200', 'unintelligible'],
    ['truncated', 'unintelligible'],
    ['dropBefore', 'unreachable'],
    ['dropAfter', 'unreachable'],
  ] as const)('%s, nothing is concluded: %s', async (kind, failed) => {
    practice.control.behave({ failures: [{ kind }] });
    expect(await verifyKey(admin)).toMatchObject({ outcome: 'unknown', error: { kind: failed } });
  });

  it('for a moment only, the answer comes through', async () => {
    practice.control.behave({
      failures: [
        { kind: 'rateLimited', retryAfterSeconds: 0, times: 1 },
        { kind: 'dropAfter', times: 1 },
      ],
    });
    expect(await verifyKey(admin)).toMatchObject({ outcome: 'valid' });
  });

  it.each(['dropAfter', 'truncated'] as const)(
    '%s on a creation leaves one orphan, found by its name',
    async kind => {
      practice.control.behave({ failures: [{ kind, method: 'POST', times: 1 }] });
      const [account] = await admin.serviceAccounts.list();
      const keys = admin.serviceAccounts.keys(account?.id ?? '');
      const name = `castkeys/orphan-${kind}`;
      expect(await failureOf(keys.create({ name }))).toMatchObject({ mayHaveHappened: true });
      expect((await keys.list()).filter(key => key.name === name)).toHaveLength(1);
    },
  );

  it('by a name that would take over the terminal, only the name is left', async () => {
    const [cluster] = await admin.clusters();
    await practice.control.rename(cluster?.id ?? '', '\x1b]0;owned\x07\x1b[2Jcalm\u202e');
    expect((await admin.clusters())[0]?.name).toBe('calm');
  });
});

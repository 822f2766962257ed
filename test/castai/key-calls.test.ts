import { describe, expect, it } from 'vitest';
import { clientOf, madeUpKey } from './support/client.ts';
import { json, raw, serve } from './support/odd-server.ts';
import { exchange } from './support/one-call.ts';

const value = madeUpKey('c');
const instant = '2026-10-01T09:00:00Z';
const org = '/v1/organizations/org-1';

describe('personal keys (section 2)', () => {
  const token = { id: 't1', name: 'ci', active: true, readonly: true, token: null, expiresAt: instant };
  const read = { id: 't1', name: 'ci', active: true, readonly: true, expiresAt: '2026-10-01T09:00:00.000Z' };

  it('are created flat, and their value comes as a secret', async () => {
    const wanted = { name: 'ci', readonly: true, expiresAt: instant };
    const { result, sent } = await exchange(json(200, { ...token, token: value }), c =>
      c.tokens.create(wanted),
    );
    expect(sent).toEqual(['POST', '/v1/auth/tokens', wanted]);
    expect(result).toMatchObject({ ...read, token: expect.anything() });
    expect(result.token.reveal()).toBe(value);
  });

  it('are read unwrapped', async () => {
    const { result, sent } = await exchange(json(200, token), c => c.tokens.get('t1'));
    expect(sent).toEqual(['GET', '/v1/auth/tokens/t1', undefined]);
    expect(result).toEqual(read);
  });

  it('are switched by POST', async () => {
    const { sent } = await exchange(json(200, token), c => c.tokens.setActive('t1', false));
    expect(sent).toEqual(['POST', '/v1/auth/tokens/t1', { active: false }]);
  });

  it.each([
    ['200 and an empty object', json(200, {})],
    ['204 and nothing', raw(204, '')],
    ['200 and nothing', raw(200, '')],
  ])('are deleted, be it with %s', async (_what, answer) => {
    const { sent } = await exchange(answer, c => c.tokens.delete('t1'));
    expect(sent).toEqual(['DELETE', '/v1/auth/tokens/t1', undefined]);
  });

  it('are listed across organizations on demand', async () => {
    await using server = await serve(json(200, { items: [token] }));
    await clientOf(server.origin).client.tokens.list({ userId: 'u 1', organizations: 'ALL' });
    expect(server.seen[0]?.url.search).toBe('?userId=u+1&organizations=ALL');
  });
});

describe('service accounts (section 3)', () => {
  const account = {
    id: 's1',
    name: 'ci',
    email: 'ci@sa.example',
    keys: [{}],
    keysCount: 2,
    author: { id: 'u' },
  };
  const read = { id: 's1', name: 'ci', email: 'ci@sa.example' };

  it('are created flat in both directions', async () => {
    const { result, sent } = await exchange(json(201, account), c =>
      c.serviceAccounts.create({ name: 'ci' }),
    );
    expect(sent).toEqual(['POST', `${org}/service-accounts`, { name: 'ci' }]);
    expect(result).toEqual(read);
  });

  it('are read wrapped', async () => {
    const { result, sent } = await exchange(json(200, { serviceAccount: account }), c =>
      c.serviceAccounts.get('s1'),
    );
    expect(sent).toEqual(['GET', `${org}/service-accounts/s1`, undefined]);
    expect(result).toEqual(read);
  });

  it('are deleted one at a time', async () => {
    const { sent } = await exchange(raw(204, ''), c => c.serviceAccounts.delete('s1'));
    expect(sent).toEqual(['DELETE', `${org}/service-accounts/s1`, undefined]);
  });
});

describe('service account keys (section 3)', () => {
  const key = { id: 'k1', name: 'tf', prefix: 'cast', active: true, lastUsedAt: instant, expiresAt: null };
  const read = { id: 'k1', name: 'tf', prefix: 'cast', active: true, lastUsedAt: '2026-10-01T09:00:00.000Z' };

  it('are asked for wrapped and answered flat', async () => {
    const wanted = { name: 'tf', expiresAt: instant };
    const answer = json(201, { id: 'k1', name: 'tf', token: value, createdAt: instant, active: true });
    const { result, sent } = await exchange(answer, c => c.serviceAccounts.keys('s1').create(wanted));
    expect(sent).toEqual(['POST', `${org}/service-accounts/s1/keys`, { key: wanted }]);
    expect(result.token.reveal()).toBe(value);
  });

  it('are read wrapped', async () => {
    const { result, sent } = await exchange(json(200, { key }), c => c.serviceAccounts.keys('s1').get('k1'));
    expect(sent).toEqual(['GET', `${org}/service-accounts/s1/keys/k1`, undefined]);
    expect(result).toEqual(read);
  });

  it('are switched by PATCH, flat', async () => {
    const { result, sent } = await exchange(json(200, key), c =>
      c.serviceAccounts.keys('s1').setActive('k1', true),
    );
    expect(sent).toEqual(['PATCH', `${org}/service-accounts/s1/keys/k1`, { active: true }]);
    expect(result).toEqual(read);
  });

  it('are deleted', async () => {
    const { sent } = await exchange(raw(204, ''), c => c.serviceAccounts.keys('s1').delete('k1'));
    expect(sent).toEqual(['DELETE', `${org}/service-accounts/s1/keys/k1`, undefined]);
  });

  it('of a whole organization say whose they are', async () => {
    const all = { keys: [{ ...key, createdAt: instant, serviceAccount: { id: 's1', name: 'ci' } }] };
    const { result, sent } = await exchange(json(200, all), c => c.serviceAccounts.allKeys());
    expect(sent).toEqual(['GET', `${org}/service-accounts/keys`, undefined]);
    expect(result[0]?.serviceAccount).toEqual({ id: 's1', name: 'ci' });
  });
});

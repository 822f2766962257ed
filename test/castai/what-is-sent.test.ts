import { describe, expect, it } from 'vitest';
import { castaiClient } from '../../source/castai/castai.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { clientOf, failureOf, madeUpKey } from './support/client.ts';
import { json, raw, serve } from './support/odd-server.ts';

describe('a request', () => {
  it('carries the key in X-API-Key, says who asks, and names the organization of the profile', async () => {
    await using server = await serve(json(200, {}));
    await clientOf(server.origin, { organizationId: 'org-7' }).client.me();
    const headers = server.seen[0]?.headers;
    expect(headers).toMatchObject({
      'x-api-key': madeUpKey(),
      accept: 'application/json',
      'x-castai-organization-id': 'org-7',
    });
    expect(headers?.['user-agent']).toMatch(/^castkeys\/\d+\.\d+\.\d+/);
    expect(headers).not.toHaveProperty('authorization');
  });

  it('names no organization when the profile names none, not even where a path does', async () => {
    await using server = await serve(json(200, { serviceAccounts: [] }));
    const client = castaiClient({ origin: server.origin, secret: new Secret(madeUpKey()) });
    await client.inOrganization('org-3').serviceAccounts.list();
    expect(server.seen[0]?.url.pathname).toBe('/v1/organizations/org-3/service-accounts');
    expect(server.seen[0]?.headers).not.toHaveProperty('x-castai-organization-id');
  });

  it('can carry the key as a bearer token instead', async () => {
    await using server = await serve(json(200, {}));
    await clientOf(server.origin, { authorization: 'bearer' }).client.me();
    expect(server.seen[0]?.headers).toMatchObject({ authorization: `Bearer ${madeUpKey()}` });
    expect(server.seen[0]?.headers).not.toHaveProperty('x-api-key');
  });

  it('keeps an id in its place in the path', async () => {
    await using server = await serve(json(200, { id: 'x' }));
    await clientOf(server.origin).client.tokens.get('a/../../b?c=d#e');
    expect(server.seen[0]?.url.pathname).toBe('/v1/auth/tokens/a%2F..%2F..%2Fb%3Fc%3Dd%23e');
  });

  it.each(['', '.', '..', '\ud800'])('is not made for the id %j', async id => {
    await using server = await serve(json(200, { id: 'x' }));
    const { client } = clientOf(server.origin);
    await expect(client.tokens.delete(id)).rejects.toMatchObject({ code: 'usage' });
    await expect(client.serviceAccounts.keys(id).get('k')).rejects.toMatchObject({ code: 'usage' });
    expect(server.seen).toHaveLength(0);
  });

  it('is not made without an organization where one is needed', async () => {
    const client = castaiClient({ origin: 'https://api.cast.ai', secret: new Secret(madeUpKey()) });
    await expect(client.serviceAccounts.keys('sa').list()).rejects.toMatchObject({ code: 'usage' });
    await expect(client.roles()).rejects.toMatchObject({ code: 'usage' });
  });

  it('is not made to an origin that a key must not go to', () => {
    expect(() => clientOf('http://api.cast.ai')).toThrow(/unencrypted/);
  });

  it('never follows a redirect, and says where it would have gone', async () => {
    await using elsewhere = await serve(json(200, {}));
    await using server = await serve(raw(307, '', { location: `${elsewhere.origin}/v1/me?t=secret` }));
    const error = await failureOf(clientOf(server.origin).client.me());
    expect(error).toMatchObject({ kind: 'unintelligible', code: 'unintelligible', status: 307 });
    expect(error.message).toContain(new URL(elsewhere.origin).host);
    expect(error.message).not.toContain('secret');
    expect(elsewhere.seen).toHaveLength(0);
    expect(server.seen).toHaveLength(1);
  });
});

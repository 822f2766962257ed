import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { ask, pick } from './support/asking.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ unauthorizedAs: 'json', acceptBearer: false }));

const shape = new RegExp(`^castai_${'v1'}_[a-z0-9]{64}_[a-z0-9]{8}$`);

describe('a key', () => {
  it('has the shape of Cast AI’s, 83 characters', () => {
    for (const key of Object.values(server.keys)) {
      expect(key.reveal()).toHaveLength(83);
      expect(key.reveal()).toMatch(shape);
    }
  });

  it.each(['X-API-Key', 'x-api-key', 'X-Api-Key'])('is heard in %s', async header => {
    const headers = { [header]: server.keys.viewer.reveal() };
    expect((await ask(server, undefined, 'GET /v1/me', { headers })).status).toBe(200);
  });

  it('is heard as a bearer token only where that is switched on', async () => {
    const headers = { Authorization: `Bearer ${server.keys.viewer.reveal()}` };
    expect((await ask(server, undefined, 'GET /v1/me', { headers })).status).toBe(401);
    server.control.behave({ acceptBearer: true });
    expect((await ask(server, undefined, 'GET /v1/me', { headers })).status).toBe(200);
  });

  it('made for another region is a 401 here', async () => {
    expect((await ask(server, server.keys.elsewhere, 'GET /v1/me')).status).toBe(401);
  });

  it('that nobody issued, or none at all, is a 401', async () => {
    const invented = new Secret(`castai_${'v1'}_${'0'.repeat(64)}_${'0'.repeat(8)}`);
    expect((await ask(server, invented, 'GET /v1/me')).status).toBe(401);
    expect((await ask(server, undefined, 'GET /v1/me')).status).toBe(401);
  });

  it('that is disabled is a 401, and good again when enabled', async () => {
    await server.control.disable(server.keyIds.member);
    expect((await ask(server, server.keys.member, 'GET /v1/me')).status).toBe(401);
    await server.control.enable(server.keyIds.member);
    expect((await ask(server, server.keys.member, 'GET /v1/me')).status).toBe(200);
  });

  it('that has expired or was deleted is a 401', async () => {
    const account = server.control.overview().serviceAccounts.find(one => one.name === 'practice-member');
    const wish = { ownerId: account?.id ?? '', organizationId: server.organizationId };
    const expiring = await server.control.issue({ ...wish, name: 'expiring' });
    const doomed = await server.control.issue({ ...wish, name: 'doomed' });
    expect((await ask(server, expiring.secret, 'GET /v1/me')).status).toBe(200);
    await server.control.expire(expiring.id);
    await server.control.delete(doomed.id);
    expect((await ask(server, expiring.secret, 'GET /v1/me')).status).toBe(401);
    expect((await ask(server, doomed.secret, 'GET /v1/me')).status).toBe(401);
  });
});

describe('a 401', () => {
  it('is the error envelope', async () => {
    const { json, headers } = await ask(server, undefined, 'GET /v1/me');
    expect(json).toEqual({ message: 'Unauthorized', fieldViolations: [] });
    expect(headers.get('content-type')).toBe('application/json');
  });

  it.each([
    ['html', 'text/html'],
    ['text', 'text/plain'],
  ] as const)('can be the gateway’s own words, as %s', async (unauthorizedAs, type) => {
    server.control.behave({ unauthorizedAs });
    const { status, text, json, headers } = await ask(server, undefined, 'GET /v1/me');
    expect({ status, json, type: headers.get('content-type') }).toEqual({
      status: 401,
      json: undefined,
      type,
    });
    expect(text).toContain('401 Authorization Required');
  });
});

describe('every answer', () => {
  it.each([
    ['a good one', 'GET /v1/me', 200],
    ['a wrong path', 'GET /v1/nothing', 404],
    ['a missing object', 'GET /v1/auth/tokens/none', 404],
    ['the switches', 'GET /practice', 200],
  ])('says that it is practice, and its request id: %s', async (_what, line, status) => {
    const answered = await ask(server, server.keys.personal, line);
    expect(answered.status).toBe(status);
    expect(answered.headers.get('x-practice')).toBe('true');
    expect(answered.headers.get('x-castai-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('to a wrong path or a missing object has no field violations', async () => {
    const answered = await ask(server, server.keys.personal, 'GET /v1/auth/tokens/none');
    expect(answered.json).toEqual({ message: 'Not Found' });
  });
});

describe('the organization selector', () => {
  const withOrganization = (id: string) => ({ headers: { 'X-CastAI-Organization-Id': id } });

  it('chooses among the organizations a key reaches', async () => {
    const child = server.control.overview().organizations.find(one => one.type.endsWith('CHILD'));
    const key = server.keys.personal;
    const here = await ask(server, key, 'GET /v1/kubernetes/external-clusters');
    const there = await ask(
      server,
      key,
      'GET /v1/kubernetes/external-clusters',
      withOrganization(child?.id ?? ''),
    );
    expect(pick(here, 'items')).toHaveLength(3);
    expect(pick(there, 'items')).toHaveLength(0);
  });

  it.each(['unknown', 'out of reach'])('is answered with 500 where it is %s', async which => {
    const strangers = server.control.overview().organizations.find(one => one.name === 'Strangers');
    const id = which === 'unknown' ? 'no-such-organization' : (strangers?.id ?? '');
    const answered = await ask(server, server.keys.admin, 'GET /v1/me', withOrganization(id));
    expect(answered.status).toBe(500);
    expect(answered.json).toEqual({ message: 'Internal Server Error', fieldViolations: [] });
  });
});

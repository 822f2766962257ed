import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type Answered, ask, namesIn, pick } from './support/asking.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());
beforeEach(() => {
  server.control.behave({ failures: [] });
  server.control.forgetRequests();
});

const me = (): Promise<Answered> => ask(server, server.keys.personal, 'GET /v1/me');
const create = (name: string): Promise<Answered> =>
  ask(server, server.keys.personal, 'POST /v1/auth/tokens', { body: { name, readonly: true } });
const names = async () => namesIn(await ask(server, server.keys.personal, 'GET /v1/auth/tokens'), 'items');

describe('a failure', () => {
  it.each([
    ['unauthorized', 401, 'Unauthorized'],
    ['forbidden', 403, 'Forbidden'],
    ['notFound', 404, 'Not Found'],
    ['serverError', 500, 'Internal Server Error'],
  ] as const)('of kind %s is a %i in the envelope, and changes nothing', async (kind, status, message) => {
    server.control.behave({ failures: [{ kind, method: 'POST' }] });
    expect(await create(`lost to ${kind}`)).toMatchObject({ status, json: { message } });
    expect(await names()).not.toContain(`lost to ${kind}`);
  });

  it('of kind rateLimited says when to come back', async () => {
    server.control.behave({ failures: [{ kind: 'rateLimited', retryAfterSeconds: 7 }] });
    const answered = await me();
    expect(answered).toMatchObject({
      status: 429,
      json: { message: 'Too Many Requests', fieldViolations: [] },
    });
    expect(answered.headers.get('retry-after')).toBe('7');
  });

  it('of kind html200 is a page, and changes nothing', async () => {
    server.control.behave({ failures: [{ kind: 'html200', method: 'POST' }] });
    const answered = await create('lost to a portal');
    expect(answered).toMatchObject({ status: 200, json: undefined });
    expect(answered.headers.get('content-type')).toBe('text/html');
    expect(await names()).not.toContain('lost to a portal');
  });

  it('of kind truncated has done its work, and its JSON stops half-way', async () => {
    server.control.behave({ failures: [{ kind: 'truncated', method: 'POST' }] });
    const answered = await create('made, but not understood');
    expect(answered).toMatchObject({ status: 200, json: undefined });
    expect(answered.text).toMatch(/^\{"id":/);
    expect(await names()).toContain('made, but not understood');
  });

  it('of kind dropBefore cuts the connection, and changes nothing', async () => {
    server.control.behave({ failures: [{ kind: 'dropBefore', method: 'POST' }] });
    await expect(create('never made')).rejects.toThrow('fetch failed');
    expect(await names()).not.toContain('never made');
    expect(server.control.requests()[0]).toMatchObject({ status: null, failures: ['dropBefore'] });
  });

  it('of kind dropAfter has done its work, and cuts the connection', async () => {
    server.control.behave({ failures: [{ kind: 'dropAfter', method: 'POST' }] });
    await expect(create('made, but not heard of')).rejects.toThrow('fetch failed');
    expect(await names()).toContain('made, but not heard of');
  });

  it('of kind slow delays an answer that is good', async () => {
    server.control.behave({ failures: [{ kind: 'slow', ms: 80 }] });
    const started = performance.now();
    expect((await me()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(75);
  });

  it('of kind slow goes together with another', async () => {
    server.control.behave({ failures: [{ kind: 'slow', ms: 40 }, { kind: 'serverError' }] });
    const started = performance.now();
    expect((await me()).status).toBe(500);
    expect(performance.now() - started).toBeGreaterThan(35);
  });
});

describe('a failure hits', () => {
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let asked = 0; asked < count; asked += 1) seen.push((await me()).status);
    return seen;
  };

  it('every request, until it is switched off', async () => {
    server.control.behave({ failures: [{ kind: 'serverError' }] });
    expect(await statuses(3)).toEqual([500, 500, 500]);
    server.control.behave({ failures: [] });
    expect(await statuses(1)).toEqual([200]);
  });

  it('the next few, after letting some through', async () => {
    server.control.behave({ failures: [{ kind: 'serverError', skip: 1, times: 2 }] });
    expect(await statuses(4)).toEqual([200, 500, 500, 200]);
  });

  it('one after the other', async () => {
    server.control.behave({
      failures: [
        { kind: 'rateLimited', times: 1 },
        { kind: 'serverError', times: 1 },
      ],
    });
    expect(await statuses(3)).toEqual([429, 500, 200]);
  });

  it('one route and method only', async () => {
    server.control.behave({ failures: [{ kind: 'forbidden', method: 'get', path: '/v1/auth/tokens/{id}' }] });
    expect((await ask(server, server.keys.personal, 'GET /v1/auth/tokens')).status).toBe(200);
    const one = `/v1/auth/tokens/${server.keyIds.readonly}`;
    expect((await ask(server, server.keys.personal, `GET ${one}`)).status).toBe(403);
    expect((await ask(server, server.keys.personal, `POST ${one}`, { body: { active: true } })).status).toBe(
      200,
    );
  });

  it('everything under a path', async () => {
    server.control.behave({ failures: [{ kind: 'notFound', path: '/v1/auth/*' }] });
    expect((await ask(server, server.keys.personal, 'GET /v1/auth/tokens')).status).toBe(404);
    expect((await me()).status).toBe(200);
  });

  it('never the switches themselves', async () => {
    server.control.behave({ failures: [{ kind: 'dropBefore' }] });
    expect((await ask(server, undefined, 'GET /practice')).status).toBe(200);
  });

  it('nothing where it is not understood', () => {
    const nonsense: object = { failures: [{ kind: 'earthquake' }] };
    expect(() => server.control.behave(nonsense)).toThrow();
    expect(() => server.control.behave({ pageCap: 0 })).toThrow();
  });
});

describe('the requests', () => {
  it('are remembered with what was asked and answered, and without any key', async () => {
    const headers = { 'User-Agent': 'castkeys/test', 'X-CastAI-Organization-Id': server.organizationId };
    const key = server.keys.viewer.reveal();
    await ask(server, server.keys.viewer, `GET /v1/me?oops=${key}`, { headers });
    await ask(server, undefined, 'GET /v1/organizations');
    const requests = server.control.requests();
    expect(requests).toMatchObject([
      {
        method: 'GET',
        path: '/v1/me',
        presented: 'X-API-Key',
        keyId: server.keyIds.viewer,
        status: 200,
        userAgent: 'castkeys/test',
        organization: server.organizationId,
        fault: '',
      },
      { path: '/v1/organizations', presented: 'nothing', keyId: null, status: 401 },
    ]);
    expect(JSON.stringify(requests)).not.toContain(key);
    expect(pick(await me(), 'name')).toBe('Olive Owner');
    server.control.forgetRequests();
    expect(server.control.requests()).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type Answered, ask, namesIn, pick, pickText } from './support/asking.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ uniqueNames: true, allowSelfDelete: true }));

const tokens = '/v1/auth/tokens';
const asPerson = (line: string, body?: unknown): Promise<Answered> =>
  ask(server, server.keys.personal, line, { body });
const create = (name: string, more: object = {}) =>
  asPerson(`POST ${tokens}`, { name, readonly: false, ...more });

describe('a personal key', () => {
  it('tells its value once, in the answer to its creation', async () => {
    const expiresAt = '2999-01-01T00:00:00Z';
    const made = await create('laptop', { expiresAt });
    expect(made.status).toBe(200);
    expect(made.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'laptop',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/),
      token: expect.stringMatching(/^castai_/),
      lastUsedAt: null,
      active: true,
      readonly: false,
      createdBy: pick(await asPerson('GET /v1/me'), 'id'),
      tokenPrefix: 'cas',
      expiresAt,
      organizationId: server.organizationId,
    });

    const read = await asPerson(`GET ${tokens}/${pickText(made, 'id')}`);
    expect(pick(read, 'token')).toBeNull();
    const listed = await asPerson(`GET ${tokens}`);
    expect(namesIn(listed, 'items')).toEqual(['practice-personal', 'practice-readonly', 'laptop']);
    expect(listed.text).not.toContain(pickText(made, 'token'));
  });

  it('is disabled and enabled by a POST, and deleted with 200 and {}', async () => {
    const made = await create('switched');
    const key = new Secret(pickText(made, 'token'));
    const one = `${tokens}/${pickText(made, 'id')}`;
    expect(await asPerson(`POST ${one}`, { active: false })).toMatchObject({
      status: 200,
      json: { active: false, token: null },
    });
    expect((await ask(server, key, 'GET /v1/me')).status).toBe(401);
    expect(await asPerson(`POST ${one}`, { active: true })).toMatchObject({
      status: 200,
      json: { active: true },
    });
    expect((await ask(server, key, 'GET /v1/me')).status).toBe(200);
    expect(await asPerson(`DELETE ${one}`)).toMatchObject({ status: 200, json: {} });
    expect((await asPerson(`GET ${one}`)).status).toBe(404);
    expect((await ask(server, key, 'GET /v1/me')).status).toBe(401);
  });

  it('remembers when it was last used', async () => {
    const made = await create('used');
    const one = `GET ${tokens}/${pickText(made, 'id')}`;
    expect(pick(await asPerson(one), 'lastUsedAt')).toBeNull();
    await ask(server, new Secret(pickText(made, 'token')), 'GET /v1/me');
    expect(Date.parse(pickText(await asPerson(one), 'lastUsedAt'))).toBeGreaterThan(Date.now() - 60_000);
  });

  it.each([
    ['no name', { readonly: true }, 'name'],
    ['an empty name', { name: '', readonly: true }, 'name'],
    ['no readonly', { name: 'x' }, 'readonly'],
    ['an expiry that is no date', { name: 'x', readonly: true, expiresAt: 'tomorrow' }, 'expiresAt'],
    ['an expiry in the past', { name: 'x', readonly: true, expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('is refused with the field that is wrong: %s', async (_what, body, field) => {
    const answered = await asPerson(`POST ${tokens}`, body);
    expect(answered).toMatchObject({ status: 400, json: { message: 'Bad Request' } });
    expect(pick(answered, 'fieldViolations')).toEqual([{ field, description: expect.any(String) }]);
  });

  it('can’t be created from what is not JSON', async () => {
    expect((await asPerson(`POST ${tokens}`, '{"name":')).status).toBe(400);
  });

  it('can’t have the name of another active one, until that is disabled or the rule is off', async () => {
    const first = await create('taken');
    expect(await create('taken')).toMatchObject({
      status: 400,
      json: { fieldViolations: [{ field: 'name' }] },
    });
    const one = `${tokens}/${pickText(first, 'id')}`;
    await asPerson(`POST ${one}`, { active: false });
    expect((await create('taken')).status).toBe(200);
    expect((await asPerson(`POST ${one}`, { active: true })).status).toBe(400);
    server.control.behave({ uniqueNames: false });
    expect((await create('taken')).status).toBe(200);
  });

  it.each([
    ['disable', 'POST', { active: false }],
    ['delete', 'DELETE', undefined],
  ])('may %s itself only where that is switched on', async (_what, method, body) => {
    const made = await create(`self ${method}`);
    const key = new Secret(pickText(made, 'token'));
    const line = `${method} ${tokens}/${pickText(made, 'id')}`;
    server.control.behave({ allowSelfDelete: false });
    expect((await ask(server, key, line, { body })).status).toBe(403);
    server.control.behave({ allowSelfDelete: true });
    expect((await ask(server, key, line, { body })).status).toBe(200);
    expect((await ask(server, key, 'GET /v1/me')).status).toBe(401);
  });

  it('of another organization shows only when all are asked for', async () => {
    const child = server.control.overview().organizations.find(one => one.type.endsWith('CHILD'));
    const made = await create('in the subsidiary', { organizationId: child?.id });
    expect(pick(made, 'organizationId')).toBe(child?.id);
    expect(namesIn(await asPerson(`GET ${tokens}`), 'items')).not.toContain('in the subsidiary');
    const all = await asPerson(`GET ${tokens}?organizations=ALL`);
    expect(namesIn(all, 'items')).toContain('in the subsidiary');
  });

  it('can’t be made in an organization its owner has no part in', async () => {
    const strangers = server.control.overview().organizations.find(one => one.name === 'Strangers');
    expect((await create('intruder', { organizationId: strangers?.id })).status).toBe(403);
  });

  it('looks absent to everybody else, but not to the organization’s Owner', async () => {
    const line = `GET ${tokens}/${server.keyIds.personal}`;
    expect((await ask(server, server.keys.viewer, line)).status).toBe(404);
    expect((await ask(server, server.keys.stranger, line)).status).toBe(404);
    expect((await ask(server, server.keys.admin, line)).status).toBe(200);
    const owner = pickText(await asPerson('GET /v1/me'), 'id');
    const theirs = `GET ${tokens}?userId=${owner}`;
    expect(namesIn(await ask(server, server.keys.admin, theirs), 'items')).toContain('practice-personal');
    expect(namesIn(await ask(server, server.keys.viewer, theirs), 'items')).toEqual([]);
  });

  it('can’t be had by a service account', async () => {
    const body = { name: 'mine', readonly: true };
    expect((await ask(server, server.keys.admin, `POST ${tokens}`, { body })).status).toBe(403);
    expect(await ask(server, server.keys.admin, `GET ${tokens}`)).toMatchObject({
      status: 200,
      json: { items: [] },
    });
  });
});

describe('/v1/me', () => {
  it('tells a person’s profile, with something in it that looks like a credential', async () => {
    expect((await asPerson('GET /v1/me')).json).toMatchObject({
      name: 'Olive Owner',
      email: 'olive.owner@practice.invalid',
      username: 'olive.owner',
      readmeIoJwt: expect.stringMatching(/^ey/),
    });
  });

  it.each([
    ['full', ['email', 'id', 'name', 'username']],
    ['sparse', ['id']],
    ['empty', []],
  ] as const)('tells a service account what it is switched to: %s', async (serviceAccountMe, fields) => {
    server.control.behave({ serviceAccountMe });
    const { status, json } = await ask(server, server.keys.viewer, 'GET /v1/me');
    expect(status).toBe(200);
    expect(Object.keys(Object(json)).toSorted()).toEqual(fields);
  });
});

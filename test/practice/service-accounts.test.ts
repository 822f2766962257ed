import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type Answered, addAccount, ask, bind, namesIn, pick, pickText, roleId } from './support/asking.ts';

let server: PracticeServer;
let accounts: string;
beforeAll(async () => {
  server = await startPractice({ behaviour: { bindingCreatedAfterMs: 0 } });
  accounts = `/v1/organizations/${server.organizationId}/service-accounts`;
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ deleteStatus: 204, allowSelfDelete: true }));

const asAdmin = (line: string, body?: unknown): Promise<Answered> =>
  ask(server, server.keys.admin, line, { body });

const missing = { status: 404, json: { message: 'Not Found' } };

describe('a service account', () => {
  it('is created flat with 201, and read and changed wrapped', async () => {
    const made = await asAdmin(`POST ${accounts}`, { name: 'ci', description: 'builds' });
    expect(made.status).toBe(201);
    expect(made.json).toEqual({
      id: expect.any(String),
      name: 'ci',
      email: expect.stringContaining('@'),
      description: 'builds',
      author: { id: expect.any(String), email: expect.any(String) },
      createdAt: expect.any(String),
    });
    const one = `${accounts}/${pickText(made, 'id')}`;
    expect(await asAdmin(`GET ${one}`)).toMatchObject({
      status: 200,
      json: {
        serviceAccount: {
          name: 'ci',
          managedBy: 'console',
          keysCount: 0,
          organizationId: server.organizationId,
        },
      },
    });
    expect(await asAdmin(`PATCH ${one}`, { serviceAccount: { name: 'cd' } })).toMatchObject({
      status: 200,
      json: { serviceAccount: { name: 'cd', description: '' } },
    });
    expect(await asAdmin(`PATCH ${one}`, { name: 'flat' })).toMatchObject({
      status: 400,
      json: { fieldViolations: [{ field: 'serviceAccount' }] },
    });
  });

  it('is found by name', async () => {
    const found = await asAdmin(`GET ${accounts}?serviceAccountName=practice-view`);
    expect(namesIn(found, 'serviceAccounts')).toEqual(['practice-viewer']);
    expect(found.json).toMatchObject({ nextPage: { cursor: '', limit: '50' }, totalCount: '1' });
  });

  it('is deleted with 204 and no body, or 200 and {}; its keys and bindings with it', async () => {
    const first = await addAccount(server, 'doomed');
    const binding = await bind(server, first.id, roleId.viewer);
    expect((await ask(server, first.secret, 'GET /v1/me')).status).toBe(200);
    expect(await asAdmin(`DELETE ${accounts}/${first.id}`)).toMatchObject({ status: 204, text: '' });
    expect(await asAdmin(`GET ${accounts}/${first.id}`)).toMatchObject(missing);
    expect((await ask(server, first.secret, 'GET /v1/me')).status).toBe(401);
    const bindings = `/v1/organizations/${server.organizationId}/role-bindings`;
    expect(await asAdmin(`GET ${bindings}/${binding}`)).toMatchObject(missing);

    server.control.behave({ deleteStatus: 200 });
    const second = await addAccount(server, 'doomed too');
    expect(await asAdmin(`DELETE ${accounts}/${second.id}`)).toMatchObject({ status: 200, json: {} });
  });

  it('is deleted with others in one call, or none is', async () => {
    const { id: a } = await addAccount(server, 'a');
    const { id: b } = await addAccount(server, 'b');
    expect((await asAdmin(`DELETE ${accounts}`)).status).toBe(400);
    expect(await asAdmin(`DELETE ${accounts}?serviceAccountIds=${a}&serviceAccountIds=none`)).toMatchObject(
      missing,
    );
    expect((await asAdmin(`GET ${accounts}/${a}`)).status).toBe(200);
    expect((await asAdmin(`DELETE ${accounts}?serviceAccountIds=${a}&serviceAccountIds=${b}`)).status).toBe(
      204,
    );
    expect(await asAdmin(`GET ${accounts}/${b}`)).toMatchObject(missing);
  });
});

describe('a key of a service account', () => {
  it('is created from a wrapped request, answered flat with 201; its value is in that answer only', async () => {
    const { id } = await addAccount(server, 'holder');
    const keys = `${accounts}/${id}/keys`;
    const expiresAt = '2999-01-01T00:00:00Z';
    const made = await asAdmin(`POST ${keys}`, {
      key: { name: 'second', expiresAt: '2999-01-01T02:00:00+02:00' },
    });
    expect(made.status).toBe(201);
    expect(made.json).toEqual({
      id: expect.any(String),
      name: 'second',
      token: expect.stringMatching(/^castai_/),
      createdAt: expect.any(String),
      expiresAt,
      active: true,
    });
    const keyId = pickText(made, 'id');
    const flat = { id: keyId, name: 'second', prefix: 'cast', expiresAt, active: true };
    expect((await asAdmin(`GET ${keys}/${keyId}`)).json).toEqual({ key: flat });
    expect((await asAdmin(`PATCH ${keys}/${keyId}`, { active: false })).json).toEqual({
      ...flat,
      active: false,
    });

    const listed = await asAdmin(`GET ${keys}`);
    expect(namesIn(listed, 'keys')).toEqual(['holder-key', 'second']);
    expect(listed.json).toMatchObject({ nextPage: { cursor: '', limit: '50' }, totalCount: '2' });
    expect(pick(await asAdmin(`GET ${accounts}/${id}`), 'serviceAccount.keysCount')).toBe(2);

    const all = await asAdmin(`GET ${accounts}/keys`);
    expect(pick(all, 'keys')).toContainEqual({
      ...flat,
      active: false,
      createdAt: expect.any(String),
      createdBy: { id: expect.any(String), kind: 'SERVICE_ACCOUNT', email: expect.any(String) },
      serviceAccount: expect.objectContaining({ id, name: 'holder', managedBy: 'console' }),
    });
    for (const answered of [listed, all]) expect(answered.text).not.toContain(pickText(made, 'token'));
  });

  it('is refused flat, nameless, or past its expiry', async () => {
    const { id } = await addAccount(server, 'strict');
    const keys = `POST ${accounts}/${id}/keys`;
    const violation = (field: string) => ({ status: 400, json: { fieldViolations: [{ field }] } });
    expect(await asAdmin(keys, { name: 'flat' })).toMatchObject(violation('key'));
    expect(await asAdmin(keys, { key: {} })).toMatchObject(violation('key.name'));
    const past = { key: { name: 'old', expiresAt: '2020-01-01T00:00:00Z' } };
    expect(await asAdmin(keys, past)).toMatchObject(violation('key.expiresAt'));
  });

  it('can be born disabled', async () => {
    const account = await addAccount(server, 'asleep');
    await bind(server, account.id, roleId.viewer);
    const keys = `${accounts}/${account.id}/keys`;
    const made = await asAdmin(`POST ${keys}`, { key: { name: 'asleep', active: false } });
    const key = new Secret(pickText(made, 'token'));
    expect((await ask(server, key, 'GET /v1/me')).status).toBe(401);
    await asAdmin(`PATCH ${keys}/${pickText(made, 'id')}`, { active: true });
    expect((await ask(server, key, 'GET /v1/me')).status).toBe(200);
  });

  it('is deleted with 204, once', async () => {
    const { id, keyId } = await addAccount(server, 'once');
    const one = `${accounts}/${id}/keys/${keyId}`;
    expect(await asAdmin(`DELETE ${one}`)).toMatchObject({ status: 204, text: '' });
    expect(await asAdmin(`DELETE ${one}`)).toMatchObject(missing);
  });

  it('of one account is absent at another, and an account at another organization', async () => {
    const { id } = await addAccount(server, 'other');
    expect(await asAdmin(`GET ${accounts}/${id}/keys/${server.keyIds.viewer}`)).toMatchObject(missing);
    const theirs = server.control.overview().serviceAccounts.find(one => one.name === 'stranger-admin');
    expect(await asAdmin(`GET ${accounts}/${theirs?.id}/keys`)).toMatchObject(missing);
  });

  it('may disable and delete itself, where its account is an Owner and that is switched on', async () => {
    const { id, keyId, secret } = await addAccount(server, 'self-sufficient');
    await bind(server, id, roleId.owner);
    const line = `DELETE ${accounts}/${id}/keys/${keyId}`;
    const disable = { body: { active: false } };
    server.control.behave({ allowSelfDelete: false });
    expect((await ask(server, secret, line)).status).toBe(403);
    expect((await ask(server, secret, line.replace('DELETE', 'PATCH'), disable)).status).toBe(403);
    server.control.behave({ allowSelfDelete: true });
    expect((await ask(server, secret, line)).status).toBe(204);
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(401);
  });
});

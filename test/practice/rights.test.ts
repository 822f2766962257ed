import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, type SeededName, startPractice } from '../../source/practice/practice.ts';
import { addAccount, ask, bind, namesIn, pick, roleId } from './support/asking.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice({ behaviour: { bindingCreatedAfterMs: 0 } });
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ meWithoutRights: 'forbidden' }));

const organization = () => `/v1/organizations/${server.organizationId}`;
const clusterId = (name: string) =>
  server.control.overview().clusters.find(one => one.name === name)?.id ?? '';

const forbidden = { status: 403, json: { message: 'Forbidden', fieldViolations: [] } };

/** What each kind of write is tried with: nothing in it can succeed half-way. */
const writes: readonly (readonly [string, () => string])[] = [
  ['a service account', () => `POST ${organization()}/service-accounts`],
  ['a role binding', () => `POST ${organization()}/role-bindings`],
  ['a group', () => `POST ${organization()}/groups`],
  ['a personal key', () => 'POST /v1/auth/tokens'],
  ['a webhook', () => 'POST /v1/notifications/webhook-configurations'],
  ['a cluster token', () => `POST /v1/kubernetes/external-clusters/${clusterId('staging')}/token`],
];

const reads: readonly (() => string)[] = [
  () => 'GET /v1/me',
  () => 'GET /v1/organizations',
  () => `GET ${organization()}`,
  () => `GET ${organization()}/service-accounts`,
  () => `GET ${organization()}/service-accounts/keys`,
  () => `GET ${organization()}/roles`,
  () => `GET ${organization()}/role-bindings`,
  () => `GET ${organization()}/groups`,
  () => `GET /organization-management${organization()}/permission-groups`,
  () => 'GET /v1/auth/tokens',
  () => 'GET /v1/audit',
  () => 'GET /v2/audit/events',
  () => 'GET /v1/notifications/webhook-configurations',
  () => 'GET /v1/notifications/webhook-categories',
  () => 'GET /v1/kubernetes/external-clusters',
];

describe.each<SeededName>(['viewer', 'readonly'])('the %s key', name => {
  it('reads everything', async () => {
    for (const line of reads)
      expect([line(), (await ask(server, server.keys[name], line())).status]).toEqual([line(), 200]);
  });

  it.each(writes)('writes nothing: %s is a 403', async (_what, line) => {
    expect(await ask(server, server.keys[name], line(), { body: {} })).toMatchObject(forbidden);
  });
});

describe('a Member', () => {
  it.each(writes.slice(0, 3))('does not manage the organization: %s is a 403', async (_what, line) => {
    expect(await ask(server, server.keys.member, line(), { body: {} })).toMatchObject(forbidden);
  });

  it('does not touch the keys of service accounts', async () => {
    const account = server.control.overview().serviceAccounts.find(one => one.name === 'practice-member');
    const keys = `${organization()}/service-accounts/${account?.id}/keys`;
    const key = `${keys}/${server.keyIds.member}`;
    for (const line of [`POST ${keys}`, `PATCH ${key}`, `DELETE ${key}`]) {
      expect(await ask(server, server.keys.member, line, { body: {} })).toMatchObject(forbidden);
    }
  });

  it('runs clusters', async () => {
    const line = `POST /v1/kubernetes/external-clusters/${clusterId('staging')}/token`;
    expect(await ask(server, server.keys.member, line)).toMatchObject({ status: 200 });
  });
});

describe('a Member of one cluster', () => {
  let staging: Secret;
  beforeAll(async () => {
    const account = await addAccount(server, 'staging-only');
    await bind(server, account.id, roleId.member, clusterId('staging'));
    staging = account.secret;
  });

  it('sees and runs that cluster alone', async () => {
    const clusters = await ask(server, staging, 'GET /v1/kubernetes/external-clusters');
    expect(namesIn(clusters, 'items')).toEqual(['staging']);
    const token = (name: string) => `POST /v1/kubernetes/external-clusters/${clusterId(name)}/token`;
    expect(await ask(server, staging, token('staging'))).toMatchObject({ status: 200 });
    expect(await ask(server, staging, token('production'))).toMatchObject(forbidden);
  });

  it('knows who it is, and is refused what concerns the organization', async () => {
    expect((await ask(server, staging, 'GET /v1/me')).status).toBe(200);
    expect((await ask(server, staging, 'GET /v1/organizations')).status).toBe(200);
    for (const path of ['role-bindings', 'service-accounts', 'groups']) {
      expect(await ask(server, staging, `GET ${organization()}/${path}`)).toMatchObject(forbidden);
    }
    expect(await ask(server, staging, 'GET /v1/auth/tokens')).toMatchObject(forbidden);
  });
});

describe('a service account nobody gave a role', () => {
  it('is refused everything, who it is included', async () => {
    const { secret } = await addAccount(server, 'fresh');
    for (const line of reads) expect(await ask(server, secret, line())).toMatchObject(forbidden);
  });

  it('may be told who it is, where that is switched on', async () => {
    const { secret } = await addAccount(server, 'fresh-but-known');
    server.control.behave({ meWithoutRights: 'allowed' });
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(200);
    expect((await ask(server, secret, 'GET /v1/organizations')).status).toBe(403);
  });

  it('has the rights of the groups it is in', async () => {
    const { id, secret } = await addAccount(server, 'grouped');
    const members = [{ id, email: 'grouped@practice.invalid', kind: 'SERVICE_ACCOUNT' }];
    const group = await ask(server, server.keys.admin, `POST ${organization()}/groups`, {
      body: { name: 'viewers', definition: { members } },
    });
    const definition = {
      roleId: roleId.viewer,
      scopes: [{ organization: { id: server.organizationId } }],
      subjects: [{ group: { id: pick(group, 'id') } }],
    };
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(403);
    await ask(server, server.keys.admin, `POST ${organization()}/role-bindings`, {
      body: [{ name: 'viewers', definition }],
    });
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(200);
  });
});

describe('an organization', () => {
  it('is closed to the keys of another, whatever their role', async () => {
    for (const path of ['', '/service-accounts', '/service-accounts/keys', '/role-bindings']) {
      expect(await ask(server, server.keys.stranger, `GET ${organization()}${path}`)).toMatchObject(
        forbidden,
      );
    }
    const seen = await ask(server, server.keys.stranger, 'GET /v1/organizations');
    expect(namesIn(seen, 'organizations')).toEqual(['Strangers']);
  });

  it('of an enterprise is open to the enterprise’s owner', async () => {
    const child = server.control.overview().organizations.find(one => one.type.endsWith('CHILD'));
    const line = `GET /v1/organizations/${child?.id}/service-accounts`;
    expect((await ask(server, server.keys.personal, line)).status).toBe(200);
    expect((await ask(server, server.keys.admin, line)).status).toBe(403);
  });

  it('is listed in the order joined, the default one first', async () => {
    const listed = await ask(server, server.keys.personal, 'GET /v1/organizations');
    expect(namesIn(listed, 'organizations')).toEqual([
      'Practice',
      'Practice Enterprise',
      'Practice Subsidiary',
    ]);
    const types = ['DEFAULT', 'ENTERPRISE', 'CHILD'].map(type => ({ type: `ORGANIZATION_TYPE_${type}` }));
    expect(pick(listed, 'organizations')).toMatchObject(types);
    expect(pick(listed, 'organizations.2.parentId')).toBe(pick(listed, 'organizations.1.id'));
  });
});

describe('a cluster’s agent token', () => {
  it('is good for its cluster, no other, and not for asking who it is', async () => {
    const line = `POST /v1/kubernetes/external-clusters/${clusterId('production')}/token`;
    const first = String(pick(await ask(server, server.keys.admin, line), 'token'));
    await ask(server, server.keys.admin, line);
    const read = (name: string) =>
      ask(server, undefined, `GET /v1/kubernetes/external-clusters/${clusterId(name)}`, {
        headers: { 'X-API-Key': first },
      });
    // The first is still good after the second: nothing revokes a cluster token.
    expect(await read('production')).toMatchObject({
      status: 200,
      json: { status: 'ready', agentStatus: 'online' },
    });
    expect((await read('staging')).status).toBe(403);
  });
});

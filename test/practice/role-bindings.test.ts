import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import {
  type Answered,
  addAccount,
  ask,
  bind,
  namesIn,
  pick,
  pickText,
  roleId,
  standingClock,
} from './support/asking.ts';

let server: PracticeServer;
let bindings: string;
let pass: (ms: number) => void;
beforeEach(async () => {
  const standing = standingClock();
  pass = standing.pass;
  server = await startPractice({ clock: standing.clock, behaviour: { bindingCreatedAfterMs: 1000 } });
  bindings = `/v1/organizations/${server.organizationId}/role-bindings`;
});
afterEach(() => server.close());

const asAdmin = (line: string, body?: unknown): Promise<Answered> =>
  ask(server, server.keys.admin, line, { body });
const stateOf = async (id: string) => pick(await asAdmin(`GET ${bindings}/${id}`), 'status.0.state');

describe('a role binding', () => {
  it('takes and gives an array', async () => {
    const { id } = await addAccount(server, 'ci');
    const definition = {
      roleId: roleId.viewer,
      scopes: [{ organization: { id: server.organizationId } }],
      subjects: [{ serviceAccount: { id } }],
    };
    const made = await asAdmin(`POST ${bindings}`, [{ name: 'ci viewer', description: '', definition }]);
    expect(made.status).toBe(200);
    expect(made.json).toEqual([
      {
        id: expect.any(String),
        organizationId: server.organizationId,
        name: 'ci viewer',
        description: '',
        managedBy: 'console',
        status: [{ state: 'ACCEPTED', policies: [], updatedAt: '2026-10-01T09:00:00Z' }],
        definition,
        createdAt: '2026-10-01T09:00:00Z',
        updatedAt: '2026-10-01T09:00:00Z',
      },
    ]);
    expect((await asAdmin(`POST ${bindings}`, { name: 'no array', definition })).status).toBe(400);
  });

  it('grants nothing while ACCEPTED, and its role once CREATED', async () => {
    const { id, secret } = await addAccount(server, 'ci');
    const binding = await bind(server, id, roleId.viewer);
    expect(await stateOf(binding)).toBe('ACCEPTED');
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(403);
    pass(999);
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(403);
    pass(1);
    expect(await stateOf(binding)).toBe('CREATED');
    expect(pick(await asAdmin(`GET ${bindings}/${binding}`), 'status.0.policies')).toHaveLength(1);
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(200);
  });

  it('can end as FAILED, and then grants nothing', async () => {
    server.control.behave({ bindingFails: true });
    const { id, secret } = await addAccount(server, 'unlucky');
    const binding = await bind(server, id, roleId.viewer);
    pass(1000);
    expect(await stateOf(binding)).toBe('FAILED');
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(403);
  });

  it('keeps granting what it did while a change is on its way', async () => {
    const { id, secret } = await addAccount(server, 'promoted');
    const binding = await bind(server, id, roleId.viewer);
    pass(1000);
    const definition = {
      roleId: roleId.owner,
      scopes: [{ organization: { id: server.organizationId } }],
      subjects: [{ serviceAccount: { id } }],
    };
    const amended = await asAdmin(`PATCH ${bindings}/${binding}`, { name: 'promoted', definition });
    expect(amended).toMatchObject({
      status: 200,
      json: { name: 'promoted', status: [{ state: 'ACCEPTED' }] },
    });
    const write = () => ask(server, secret, `DELETE ${bindings}/none`);
    expect((await ask(server, secret, `GET ${bindings}`)).status).toBe(200);
    expect((await write()).status).toBe(403);
    pass(1000);
    expect((await write()).status).toBe(404);
  });

  it('is deleted with 200 and {}, and its rights with it at once', async () => {
    const { id, secret } = await addAccount(server, 'dismissed');
    const binding = await bind(server, id, roleId.viewer);
    pass(1000);
    expect(await asAdmin(`DELETE ${bindings}/${binding}`)).toMatchObject({ status: 200, json: {} });
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(403);
    expect((await asAdmin(`GET ${bindings}/${binding}`)).status).toBe(404);
  });

  it('is found by role, scope and subject', async () => {
    const cluster = server.control.overview().clusters[0]?.id ?? '';
    const { id } = await addAccount(server, 'scoped');
    await bind(server, id, roleId.member, cluster);
    const count = async (query: string) => pick(await asAdmin(`GET ${bindings}?${query}`), 'totalCount');
    expect(await count('')).toBe('5');
    expect(await count(`roleId=${roleId.member}`)).toBe('2');
    expect(await count(`roleId=${roleId.member}&roleId=${roleId.viewer}`)).toBe('3');
    expect(await count('scopeType=CLUSTER')).toBe('1');
    expect(await count(`scopeId=${cluster}`)).toBe('1');
    expect(await count(`subjectId=${id}`)).toBe('1');
    expect(await count('subjectType=SUBJECT_USER')).toBe('1');
    expect(await count(`subjectType=SUBJECT_SERVICE_ACCOUNT&roleId=${roleId.viewer}`)).toBe('1');
    expect(await count('groupId=none')).toBe('0');
  });

  it('is refused for what it names wrongly, field by field', async () => {
    const definition = {
      roleId: 'no-role',
      scopes: [{ organization: { id: 'not-this-one' } }, { cluster: { id: 'none' } }],
      subjects: [{ serviceAccount: { id: 'nobody' } }],
    };
    const answered = await asAdmin(`POST ${bindings}`, [{ name: 'x', definition }]);
    expect(answered.status).toBe(400);
    const fields = ['roleId', 'scopes.0', 'scopes.1', 'subjects.0'].map(field => ({
      field: `0.definition.${field}`,
    }));
    expect(pick(answered, 'fieldViolations')).toMatchObject(fields);
    expect(pick(await asAdmin(`GET ${bindings}`), 'totalCount')).toBe('4');
  });

  it('needs a scope, and exactly one kind in each', async () => {
    const subjects = [{ serviceAccount: { id: 'any' } }];
    const both = { organization: { id: 'a' }, cluster: { id: 'b' } };
    for (const scopes of [[], [{}], [both]]) {
      const definition = { roleId: roleId.viewer, scopes, subjects };
      expect((await asAdmin(`POST ${bindings}`, [{ name: 'x', definition }])).status).toBe(400);
    }
  });
});

describe('the roles', () => {
  it('are the built-in ones, by their ids', async () => {
    const roles = await asAdmin(`GET /v1/organizations/${server.organizationId}/roles`);
    expect(namesIn(roles, 'roles')).toEqual([
      'Owner',
      'Member',
      'Viewer',
      'Analyst',
      'Enterprise Owner',
      'Enterprise Viewer',
    ]);
    const ids = Object.values(roleId).map(id =>
      expect.objectContaining({ id, default: true, deprecated: false }),
    );
    expect(pick(roles, 'roles')).toEqual(expect.arrayContaining(ids));
    const enterprise = await asAdmin(`GET /v1/organizations/${server.organizationId}/roles?type=ENTERPRISE`);
    expect(namesIn(enterprise, 'roles')).toEqual(['Enterprise Owner', 'Enterprise Viewer']);
  });

  it('show in the permission groups available to a key', async () => {
    const path = `GET /organization-management/v1/organizations/${server.organizationId}/permission-groups`;
    const count = async (name: 'viewer' | 'member' | 'admin') =>
      namesIn(await ask(server, server.keys[name], path), 'permissionGroups').length;
    expect([await count('viewer'), await count('member'), await count('admin')]).toEqual([1, 2, 3]);
  });
});

describe('a group', () => {
  it('is made, found by a member, changed and deleted', async () => {
    const groups = `/v1/organizations/${server.organizationId}/groups`;
    const member = { id: 'somebody', email: 'somebody@practice.invalid', kind: 'USER' };
    const made = await asAdmin(`POST ${groups}`, { name: 'team', definition: { members: [member] } });
    expect(made).toMatchObject({ status: 200, json: { name: 'team', managedBy: 'console' } });
    const one = `${groups}/${pickText(made, 'id')}`;
    expect(namesIn(await asAdmin(`GET ${groups}?memberId=somebody`), 'groups')).toEqual(['team']);
    expect(namesIn(await asAdmin(`GET ${groups}?memberId=nobody`), 'groups')).toEqual([]);
    pass(5000);
    const other = { ...member, id: 'another' };
    const changed = await asAdmin(`PATCH ${one}`, { name: 'crew', definition: { members: [member, other] } });
    expect(pick(changed, 'definition.members')).toEqual([
      { ...member, addedAt: '2026-10-01T09:00:00Z' },
      { ...other, addedAt: '2026-10-01T09:00:05Z' },
    ]);
    expect(await asAdmin(`DELETE ${one}`)).toMatchObject({ status: 200, json: {} });
    expect((await asAdmin(`GET ${one}`)).status).toBe(404);
  });
});

import { describe, expect, it } from 'vitest';
import { clientOf, failureOf } from './support/client.ts';
import { json, serve } from './support/odd-server.ts';
import { exchange } from './support/one-call.ts';

const org = '/v1/organizations/org-1';

describe('who may do what (section 4)', () => {
  const definition = {
    roleId: 'r1',
    scopes: [{ organization: { id: 'o' } }, { cluster: { id: 'c' } }, { planet: { id: 'p' } }],
    subjects: [
      { serviceAccount: { id: 's', name: 'ci' } },
      { user: { id: 'u' } },
      { group: { id: 'g' } },
      {},
    ],
  };
  const binding = { id: 'b1', name: 'ci viewer', status: [{ state: 'ACCEPTED', policies: [] }], definition };

  it('is bound by an array of one, answered by an array of one', async () => {
    const { result, sent } = await exchange(json(200, [binding]), c =>
      c.roleBindings.create({
        name: 'ci viewer',
        roleId: 'r1',
        scopes: [{ kind: 'cluster', id: 'c' }],
        subjects: [{ kind: 'service-account', id: 's' }],
      }),
    );
    const asked = {
      roleId: 'r1',
      scopes: [{ cluster: { id: 'c' } }],
      subjects: [{ serviceAccount: { id: 's' } }],
    };
    expect(sent).toEqual(['POST', `${org}/role-bindings`, [{ name: 'ci viewer', definition: asked }]]);
    expect(result.status).toEqual([{ state: 'ACCEPTED' }]);
  });

  it('is read as kinds and ids, and a kind of tomorrow is unknown', async () => {
    const { result } = await exchange(json(200, binding), c => c.roleBindings.get('b1'));
    expect(result.scopes).toEqual([
      { kind: 'organization', id: 'o' },
      { kind: 'cluster', id: 'c' },
      { kind: 'unknown' },
    ]);
    expect(result.subjects.map(({ kind }) => kind)).toEqual(['service-account', 'user', 'group', 'unknown']);
    expect(result.roleId).toBe('r1');
  });

  it('is not understood when no binding comes back', async () => {
    await using server = await serve(json(200, []));
    const wanted = { name: 'n', roleId: 'r', scopes: [], subjects: [] };
    const error = await failureOf(clientOf(server.origin).client.roleBindings.create(wanted));
    expect(error).toMatchObject({ kind: 'unintelligible', mayHaveHappened: true });
  });

  it('is filtered by what repeats', async () => {
    await using server = await serve(json(200, { roleBindings: [binding] }));
    await clientOf(server.origin).client.roleBindings.list({ roleId: ['r1', 'r2'], scopeType: 'CLUSTER' });
    expect(server.seen[0]?.url.search).toBe('?roleId=r1&roleId=r2&scopeType=CLUSTER&page.limit=100');
  });

  it('stands in roles, groups and permission groups', async () => {
    const role = {
      id: 'r1',
      name: 'Viewer',
      default: true,
      definition: { permissions: [{ effect: 'ALLOW', groups: ['x'] }] },
    };
    const roles = await exchange(json(200, { roles: [role] }), c => c.roles());
    expect(roles.result).toEqual([
      {
        id: 'r1',
        name: 'Viewer',
        isDefault: true,
        permissions: [{ effect: 'ALLOW', endpoints: [], groups: ['x'] }],
      },
    ]);
    const group = {
      id: 'g1',
      name: 'ops',
      definition: { members: [{ id: 'u', email: 'u@x', kind: 'ROBOT' }] },
    };
    const groups = await exchange(json(200, { groups: [group] }), c => c.groups.list({ memberId: 'u' }));
    expect(groups.result[0]?.members).toEqual([{ id: 'u', email: 'u@x', kind: 'ROBOT' }]);
    const permissions = await exchange(json(200, { permissionGroups: [{ name: 'clusters' }] }), c =>
      c.permissionGroups(),
    );
    expect(permissions.sent[1]).toBe(`/organization-management${org}/permission-groups`);
  });
});

describe('who one is, and what there is (sections 3.1, 4.1)', () => {
  it('drops the token that Cast AI sends along', async () => {
    const me = {
      id: 'u1',
      name: 'Ann',
      email: 'a@x',
      username: 'ann',
      readmeIoJwt: 'eyJ',
      firstLogin: false,
    };
    const { result } = await exchange(json(200, me), c => c.me());
    expect(result).toEqual({ id: 'u1', name: 'Ann', email: 'a@x', username: 'ann' });
  });

  it('keeps the order of organizations, of which the first is the default', async () => {
    const organizations = [
      { id: 'o2', name: 'B', type: 'ORGANIZATION_TYPE_NEW', parentId: null },
      { id: 'o1', name: 'A' },
    ];
    const { result } = await exchange(json(200, { organizations }), c => c.organizations());
    expect(result.map(({ id }) => id)).toEqual(['o2', 'o1']);
    const one = await exchange(json(200, organizations[1]), c => c.organization('o1'));
    expect(one.sent[1]).toBe('/v1/organizations/o1');
  });

  it('lists clusters with whatever state they are in', async () => {
    const items = [{ id: 'c1', name: 'prod', status: 'levitating', agentStatus: null }];
    const { result } = await exchange(json(200, { items }), c => c.clusters());
    expect(result).toEqual([{ id: 'c1', name: 'prod', status: 'levitating' }]);
  });
});

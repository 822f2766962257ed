import { describe, expect, it } from 'vitest';
import { observeRights } from '../../source/privilege/privilege.ts';
import { castai, forbidden } from '../castai/support/castai.ts';
import { clientOf } from '../castai/support/client.ts';
import { type Answer, json } from '../castai/support/odd-server.ts';
import { organizationId, ownerId, roleIds } from './support/records.ts';

const at = `/v1/organizations/${organizationId}`;
const above = '/v1/organizations/enterprise';
const bound = (roleId: string, over = organizationId) =>
  json(200, {
    roleBindings: [
      {
        id: `${roleId}-${over}`,
        name: 'bound',
        definition: {
          roleId,
          scopes: [{ organization: { id: over } }],
          subjects: [{ serviceAccount: { id: ownerId } }],
        },
        status: [{ state: 'CREATED' }],
      },
    ],
  });
const role = (...permissions: readonly object[]) =>
  json(200, { roles: [{ id: 'custom', name: 'Auditors', default: false, definition: { permissions } }] });

/** An organization with a service account that is bound to a custom role; with what a test is about put over it. */
async function observed(routes: Readonly<Record<string, Answer>>) {
  await using server = await castai({
    [at]: json(200, { id: organizationId, name: 'Org' }),
    [`${at}/groups`]: json(200, { groups: [] }),
    [`${at}/role-bindings`]: bound('custom'),
    ...routes,
  });
  const { client } = clientOf(server.origin, { organizationId });
  const owner = { id: ownerId, kind: 'service-account' } as const;
  return await observeRights({ organizationId, owner, admin: client });
}

describe('what a key may do', () => {
  it('is what its custom role’s permissions say', async () => {
    const { rights, source } = await observed({
      [`${at}/roles`]: role({ effect: 'ALLOW', endpoints: ['GET /v1/*'], groups: [] }),
    });
    expect(rights).toEqual({ organization: { atLeast: 'read', atMost: 'read' }, clusters: {}, doubts: [] });
    expect(source).toBe('role bindings, read with the admin credential');
  });

  it.each([
    ['names a permission group', role({ effect: 'ALLOW', endpoints: [], groups: ['cost.admin'] })],
    [
      'denies something',
      role({ effect: 'ALLOW', endpoints: ['POST /*'] }, { effect: 'DENY', endpoints: ['POST /v1/x'] }),
    ],
    ['says nothing', role()],
    ['can not be read', forbidden],
  ])('is open where its custom role %s', async (_what, roles) => {
    const { rights } = await observed({ [`${at}/roles`]: roles });
    expect(rights).toMatchObject({
      organization: { atLeast: 'none', atMost: 'own' },
      doubts: [{ words: expect.stringMatching(/custom role|the role custom/) }],
    });
  });

  it('counts what is granted in the enterprise above', async () => {
    const { rights } = await observed({
      [at]: json(200, { id: organizationId, name: 'Org', parentId: 'enterprise' }),
      [`${at}/role-bindings`]: bound(roleIds.viewer),
      [`${above}/groups`]: json(200, { groups: [] }),
      [`${above}/role-bindings`]: bound(roleIds.enterpriseOwner, 'enterprise'),
    });
    expect(rights.organization).toEqual({ atLeast: 'own', atMost: 'own' });
  });

  it('is open upwards where the enterprise above can not be read', async () => {
    const { rights } = await observed({
      [at]: json(200, { id: organizationId, name: 'Org', parentId: 'enterprise' }),
      [`${at}/role-bindings`]: bound(roleIds.viewer),
    });
    expect(rights.organization).toEqual({ atLeast: 'read', atMost: 'own' });
    expect(rights.doubts).toEqual([{ words: expect.stringContaining('through the enterprise above') }]);
  });

  it('is open where the admin credential is refused and the key can not be used', async () => {
    const { rights } = await observed({ [`${at}/role-bindings`]: forbidden });
    expect(rights).toMatchObject({ organization: { atLeast: 'none', atMost: 'own' }, doubts: [{}] });
  });

  it('is not concluded from a call that was cancelled', async () => {
    const { client } = clientOf('http://127.0.0.1:9', { organizationId, signal: AbortSignal.abort() });
    const owner = { id: ownerId, kind: 'service-account' } as const;
    await expect(observeRights({ organizationId, owner, admin: client })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leastPrivilege } from '../../../source/checklist/checks/least-privilege.ts';
import { type PracticeServer, startPractice } from '../../../source/practice/practice.ts';
import type { Policy } from '../../../source/profiles/profiles.ts';
import { addAccount, bind, roleId } from '../../practice/support/asking.ts';
import { addToGroup } from '../../practice/support/membership.ts';
import { aKey } from '../../support/install.ts';
import { measured, type Practised } from '../support/practised.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice({ behaviour: { bindingCreatedAfterMs: 0 } });
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ failures: [], bindingCreatedAfterMs: 0, serviceAccountMe: 'full' }));

const measure = (wanted: Practised) => measured(leastPrivilege, server, wanted);
const bindings = '/v1/organizations/{organizationId}/role-bindings';
const permissionGroups = '/organization-management/v1/organizations/{organizationId}/permission-groups';
const clusterId = (name: string) =>
  server.control.overview().clusters.find(one => one.name === name)?.id ?? '';

describe('no key can do more than its policy, by the role bindings that an admin credential reads', () => {
  it('holds for a Viewer that may read', async () => {
    const { viewer, admin } = server.keys;
    expect(await measure({ keys: { reader: viewer }, admin })).toEqual({
      state: 'pass',
      evidence: 'reader has Viewer on the organization (role bindings, read with the admin credential)',
    });
  });

  it('fails for a Member that may only read, and names the role that would do', async () => {
    const { member, admin } = server.keys;
    expect(await measure({ keys: { reader: member }, admin })).toEqual({
      state: 'fail',
      evidence:
        'reader has Member on the organization, and the policy allows read:*: Viewer would do (role bindings, read with the admin credential)',
      fix: 'in the console, give practice-member Viewer instead; or store a narrower key: castkeys keys add --role reader --replace',
    });
  });

  it('is judged key by key: the writer that has too much fails them', async () => {
    const { viewer, admin } = server.keys;
    expect(await measure({ keys: { reader: viewer, writer: server.keys.member }, admin })).toMatchObject({
      state: 'fail',
      evidence: expect.stringMatching(/^writer has Member .*; reader has Viewer/),
      fix: expect.stringContaining('castkeys keys add --role writer --replace'),
    });
  });

  it('holds for a Member of the named clusters only, and fails for one that has another too', async () => {
    const account = await addAccount(server, 'on-clusters');
    await bind(server, account.id, roleId.viewer);
    await bind(server, account.id, roleId.member, clusterId('staging'));
    const policy: Partial<Policy> = { scopes: ['read:*', 'write:limited'], clusters: [clusterId('staging')] };
    const practised = { keys: { reader: account.secret }, admin: server.keys.admin, policy };
    expect(await measure(practised)).toMatchObject({ state: 'pass' });
    expect(await measure({ ...practised, policy: { ...policy, clusters: [] } })).toMatchObject({
      state: 'unknown',
      fix: 'castkeys profiles edit dev --clusters ID,…',
    });

    await bind(server, account.id, roleId.member, clusterId('production'));
    expect(await measure(practised)).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining(
        `Member on cluster ${clusterId('production')}, and the policy allows read:*, write:limited: Viewer and Member on cluster ${clusterId('staging')} only would do`,
      ),
    });
  });

  it('counts what comes through a group', async () => {
    const account = await addAccount(server, 'in-a-group');
    await bind(server, account.id, roleId.viewer);
    const practised = { keys: { reader: account.secret }, admin: server.keys.admin };
    expect(await measure(practised)).toMatchObject({ state: 'pass' });
    await addToGroup(server, account.id, roleId.owner);
    expect(await measure(practised)).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('Owner on the organization'),
    });
  });

  it('is not known while a binding that would be too much is being granted', async () => {
    const account = await addAccount(server, 'soon');
    await bind(server, account.id, roleId.viewer);
    server.control.behave({ bindingCreatedAfterMs: 60_000 });
    await bind(server, account.id, roleId.owner);
    expect(await measure({ keys: { reader: account.secret }, admin: server.keys.admin })).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('not in force (ACCEPTED)'),
    });
  });

  it('is not known where the groups can not be read', async () => {
    server.control.behave({
      failures: [{ kind: 'forbidden', path: '/v1/organizations/{organizationId}/groups' }],
    });
    expect(await measure({ keys: { reader: server.keys.viewer }, admin: server.keys.admin })).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('which groups it is in could not be read'),
    });
  });

  it('holds where the roles can not be read: the built-in ones are known', async () => {
    server.control.behave({
      failures: [{ kind: 'forbidden', path: '/v1/organizations/{organizationId}/roles' }],
    });
    const { viewer, admin } = server.keys;
    expect(await measure({ keys: { reader: viewer }, admin })).toMatchObject({ state: 'pass' });
  });

  it('knows the owner of a key that does not say whose it is, by the id it was adopted with', async () => {
    server.control.behave({ serviceAccountMe: 'empty' });
    const { member: reader, admin } = server.keys;
    expect(await measure({ keys: { reader }, admin })).toMatchObject({ state: 'unknown' });
    expect(
      await measure({ keys: { reader }, admin, recorded: { keyId: server.keyIds.member } }),
    ).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('Member on the organization'),
    });
  });

  it('of a person counts read-only for the key that is it, and is not guessed of one that nobody can name', async () => {
    const { readonly, personal, admin } = server.keys;
    const named = (name: 'readonly' | 'personal') => ({ recorded: { keyId: server.keyIds[name] } });
    expect(await measure({ keys: { reader: readonly }, admin, ...named('readonly') })).toMatchObject({
      state: 'pass',
      evidence: expect.stringContaining('the key is read-only'),
    });
    expect(await measure({ keys: { reader: personal }, admin, ...named('personal') })).toMatchObject({
      state: 'fail',
      fix: expect.stringContaining('make a service account with Viewer'),
    });
    expect(await measure({ keys: { reader: readonly }, admin })).toMatchObject({
      state: 'unknown',
      fix: 'castkeys keys adopt --role reader',
    });
  });
});

describe('no key can do more than its policy, without an admin credential', () => {
  it('is seen with the key itself, where it may read its own bindings', async () => {
    expect(await measure({ keys: { reader: server.keys.viewer } })).toMatchObject({
      state: 'pass',
      evidence: expect.stringContaining('role bindings, read with the key itself'),
    });
    expect(await measure({ keys: { reader: server.keys.member } })).toMatchObject({ state: 'fail' });
  });

  it('fails by its permission groups, which prove what it may', async () => {
    server.control.behave({ failures: [{ kind: 'forbidden', path: bindings }] });
    expect(await measure({ keys: { reader: server.keys.member } })).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('its permission groups'),
    });
  });

  it('is not known where little is seen: a Viewer is not taken for an Owner, nor for a Viewer', async () => {
    server.control.behave({ failures: [{ kind: 'forbidden', path: bindings }] });
    expect(await measure({ keys: { reader: server.keys.viewer } })).toMatchObject({
      state: 'unknown',
      evidence: expect.stringMatching(/^reader has at least Viewer .*it may list service accounts/),
      fix: 'castkeys keys add --role admin',
    });
  });

  it('fails for a key of some clusters that sees one beyond them', async () => {
    const account = await addAccount(server, 'sees-too-much');
    await bind(server, account.id, roleId.viewer, clusterId('staging'));
    await bind(server, account.id, roleId.viewer, clusterId('production'));
    const policy = { scopes: ['write:limited' as const], clusters: [clusterId('staging')] };
    expect(await measure({ keys: { reader: account.secret }, policy })).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining(`Viewer on cluster ${clusterId('production')}`),
    });
  });

  it('holds for a read-only key of a person that can name itself', async () => {
    server.control.behave({
      failures: [bindings, permissionGroups].map(path => ({ kind: 'forbidden', path })),
    });
    const recorded = { keyId: server.keyIds.readonly };
    expect(await measure({ keys: { reader: server.keys.readonly }, recorded })).toMatchObject({
      state: 'pass',
    });
    const other = { keyId: server.keyIds.personal };
    expect(await measure({ keys: { reader: server.keys.personal }, recorded: other })).toMatchObject({
      state: 'unknown',
    });
  });

  it('is nothing to ask about where the policy allows everything', async () => {
    const policy = { scopes: ['admin:*' as const] };
    expect(await measure({ keys: { reader: server.keys.admin }, policy })).toMatchObject({ state: 'pass' });
  });

  it.each(['serverError', 'dropBefore', 'html200'] as const)(
    'is not known where %s comes back: nothing is concluded',
    async kind => {
      server.control.behave({ failures: [{ kind }] });
      expect(await measure({ keys: { reader: server.keys.member } })).toMatchObject({ state: 'unknown' });
    },
  );

  it('is not known of a key that does not work', async () => {
    expect(await measure({ keys: { reader: aKey('z') } })).toMatchObject({ state: 'unknown' });
  });
});

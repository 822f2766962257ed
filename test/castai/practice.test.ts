import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtInRoles, type CastaiClient, castaiClient, verifyKey } from '../../source/castai/castai.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { failureOf } from './support/client.ts';

// Every call of the client against the practice server: two readings of the same facts have to agree.

let practice: PracticeServer;
let admin: CastaiClient;

/** A client with any key, which makes no pauses. */
function clientWith(secret: Secret, organizationId = practice.organizationId): CastaiClient {
  return castaiClient({ origin: practice.url, secret, organizationId, sleep: async () => {} });
}

beforeAll(async () => {
  practice = await startPractice();
  admin = clientWith(practice.keys.admin);
});
afterAll(() => practice.close());
beforeEach(() => practice.control.behave({ unauthorizedAs: 'json', acceptBearer: false, pageCap: 500 }));

describe('a service account', () => {
  it('is made, given a role, given keys, and taken away again', async () => {
    const account = await admin.serviceAccounts.create({ name: 'ci', description: 'builds' });
    expect(await admin.serviceAccounts.get(account.id)).toMatchObject({ id: account.id, name: 'ci' });
    expect(await admin.serviceAccounts.list({ name: 'ci' })).toHaveLength(1);

    const binding = await admin.roleBindings.create({
      name: 'ci viewer',
      roleId: builtInRoles.viewer.id,
      scopes: [{ kind: 'organization', id: practice.organizationId }],
      subjects: [{ kind: 'service-account', id: account.id }],
    });
    expect(await admin.roleBindings.list({ subjectId: account.id })).toEqual([
      expect.objectContaining({ id: binding.id }),
    ]);
    await expect
      .poll(async () => (await admin.roleBindings.get(binding.id)).status)
      .toEqual([{ state: 'CREATED' }]);

    const keys = admin.serviceAccounts.keys(account.id);
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const made = await keys.create({ name: 'castkeys/ci', expiresAt });
    expect(made).toMatchObject({ name: 'castkeys/ci', active: true, expiresAt });
    expect(await keys.get(made.id)).toMatchObject({ id: made.id, active: true, expiresAt });
    expect(await keys.list()).toEqual([await keys.get(made.id)]);
    const listed = (await admin.serviceAccounts.allKeys()).find(key => key.id === made.id);
    expect(listed).toMatchObject({
      createdAt: expect.any(String),
      serviceAccount: { id: account.id, name: 'ci' },
    });

    const itself = clientWith(made.token);
    expect(await verifyKey(itself)).toMatchObject({
      outcome: 'valid',
      identity: { id: account.id, kind: 'service-account' },
      organizations: [{ id: practice.organizationId, name: practice.organizationName }],
    });
    expect(await keys.get(made.id)).toHaveProperty('lastUsedAt');

    expect(await keys.setActive(made.id, false)).toMatchObject({ active: false });
    expect(await verifyKey(itself)).toMatchObject({ outcome: 'invalid' });
    expect(await keys.setActive(made.id, true)).toMatchObject({ active: true });
    expect(await verifyKey(itself)).toMatchObject({ outcome: 'valid' });

    await keys.delete(made.id);
    expect(await failureOf(keys.get(made.id))).toMatchObject({ kind: 'not-found' });
    await admin.roleBindings.delete(binding.id);
    await admin.serviceAccounts.delete(account.id);
    expect(await failureOf(admin.serviceAccounts.get(account.id))).toMatchObject({ kind: 'not-found' });
  });
});

describe('a personal key', () => {
  it('is made, switched off and on, and deleted', async () => {
    const { tokens } = clientWith(practice.keys.personal);
    const made = await tokens.create({ name: 'laptop', readonly: true });
    expect(made).toMatchObject({ name: 'laptop', readonly: true, organizationId: practice.organizationId });
    expect(made).not.toHaveProperty('expiresAt');
    expect(await tokens.get(made.id)).toMatchObject({ id: made.id, active: true });
    expect((await tokens.list()).map(({ id }) => id)).toContain(made.id);
    expect((await tokens.list({ organizations: 'ALL' })).length).toBeGreaterThan(0);
    expect(await tokens.setActive(made.id, false)).toMatchObject({ active: false });
    expect(await verifyKey(clientWith(made.token))).toMatchObject({ outcome: 'invalid' });
    await tokens.delete(made.id);
    expect(await failureOf(tokens.get(made.id))).toMatchObject({ kind: 'not-found' });
  });

  it('is recognised as a person’s', async () => {
    const verdict = await verifyKey(clientWith(practice.keys.personal));
    expect(verdict).toMatchObject({ outcome: 'valid', identity: { name: 'Olive Owner', kind: 'person' } });
  });

  it('is refused with the field that is wrong', async () => {
    const { tokens } = clientWith(practice.keys.personal);
    const error = await failureOf(tokens.create({ name: '', readonly: true }));
    expect(error).toMatchObject({
      kind: 'rejected',
      fieldViolations: [expect.objectContaining({ field: 'name' })],
    });
  });
});

describe('an organization', () => {
  it('has people, roles, groups, permissions and clusters', async () => {
    expect(await admin.organization(practice.organizationId)).toMatchObject({
      name: practice.organizationName,
    });
    const roles = await admin.roles();
    expect(roles.find(({ name }) => name === 'Owner')).toMatchObject({
      id: builtInRoles.owner.id,
      isDefault: true,
    });
    expect(await admin.groups.list()).toEqual(expect.any(Array));
    expect((await admin.permissionGroups()).length).toBeGreaterThan(0);
    expect((await admin.clusters()).map(({ name }) => name)).toContain('production');
  });

  it('is read to its end, however small the pages', async () => {
    const whole = await admin.serviceAccounts.allKeys();
    practice.control.behave({ pageCap: 1 });
    expect((await admin.serviceAccounts.allKeys()).map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    expect(whole.length).toBeGreaterThan(2);
  });

  it('is closed to the keys of another', async () => {
    const stranger = clientWith(practice.keys.stranger);
    expect(['forbidden', 'not-found', 'server']).toContain(
      (await failureOf(stranger.serviceAccounts.list())).kind,
    );
  });
});

describe('a key’s limits', () => {
  it('are told as forbidden', async () => {
    const { serviceAccounts } = clientWith(practice.keys.viewer);
    const error = await failureOf(serviceAccounts.create({ name: 'mine' }));
    expect(error).toMatchObject({ kind: 'forbidden', code: 'key-forbidden', requestId: expect.any(String) });
  });

  it.each(['json', 'html', 'text'] as const)(
    'of region are told as unauthorized, as %s',
    async unauthorizedAs => {
      practice.control.behave({ unauthorizedAs });
      expect(await verifyKey(clientWith(practice.keys.elsewhere))).toMatchObject({ outcome: 'invalid' });
    },
  );

  it('hold for a bearer token too', async () => {
    practice.control.behave({ acceptBearer: true });
    const bearer = { origin: practice.url, secret: practice.keys.viewer, authorization: 'bearer' } as const;
    expect(await verifyKey(castaiClient(bearer))).toMatchObject({ outcome: 'valid' });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { addAccount, ask, bind, namesIn, pickText, roleId, standingClock } from './support/asking.ts';

let server: PracticeServer;
let pass: (ms: number) => void;
beforeEach(async () => {
  const standing = standingClock();
  pass = standing.pass;
  server = await startPractice({ clock: standing.clock, behaviour: { bindingCreatedAfterMs: 0 } });
});
afterEach(() => server.close());

const statusOf = async (key: Secret) => (await ask(server, key, 'GET /v1/me')).status;

async function viewerAccount() {
  const account = await addAccount(server, 'slow');
  await bind(server, account.id, roleId.viewer);
  return account;
}

describe('what takes its time', () => {
  it('a new key is a 401 until it is known everywhere', async () => {
    server.control.behave({ newKeyVisibleAfterMs: 2000 });
    const { secret } = await viewerAccount();
    expect(await statusOf(secret)).toBe(401);
    pass(1999);
    expect(await statusOf(secret)).toBe(401);
    pass(1);
    expect(await statusOf(secret)).toBe(200);
    // Keys that were there before are not touched.
    expect(await statusOf(server.keys.viewer)).toBe(200);
  });

  it('a new key comes late into lists, though it is read by its id', async () => {
    server.control.behave({ listLagMs: 2000 });
    const { id, keyId, secret } = await viewerAccount();
    const accounts = `/v1/organizations/${server.organizationId}/service-accounts`;
    const names = async (path: string) =>
      namesIn(await ask(server, server.keys.admin, `GET ${path}`), 'keys');
    expect(await statusOf(secret)).toBe(200);
    expect((await ask(server, server.keys.admin, `GET ${accounts}/${id}/keys/${keyId}`)).status).toBe(200);
    expect(await names(`${accounts}/${id}/keys`)).toEqual([]);
    expect(await names(`${accounts}/keys`)).not.toContain('slow-key');
    pass(2000);
    expect(await names(`${accounts}/${id}/keys`)).toEqual(['slow-key']);
    expect(await names(`${accounts}/keys`)).toContain('slow-key');
  });

  it('a disabled key works a little longer, and disabling it again does not prolong that', async () => {
    server.control.behave({ disabledEffectiveAfterMs: 2000 });
    const { keyId, secret } = await viewerAccount();
    await server.control.disable(keyId);
    pass(1999);
    expect(await statusOf(secret)).toBe(200);
    await server.control.disable(keyId);
    pass(1);
    expect(await statusOf(secret)).toBe(401);
  });

  it('a deleted key works a little longer, and is listed no more', async () => {
    server.control.behave({ deletedEffectiveAfterMs: 2000 });
    const { id, keyId, secret } = await viewerAccount();
    const keys = `/v1/organizations/${server.organizationId}/service-accounts/${id}/keys`;
    await ask(server, server.keys.admin, `DELETE ${keys}/${keyId}`);
    expect(await statusOf(secret)).toBe(200);
    expect(namesIn(await ask(server, server.keys.admin, `GET ${keys}`), 'keys')).toEqual([]);
    pass(2000);
    expect(await statusOf(secret)).toBe(401);
  });

  it('a disabled key that is deleted does not come back to life', async () => {
    const { keyId, secret } = await viewerAccount();
    await server.control.disable(keyId);
    server.control.behave({ deletedEffectiveAfterMs: 2000 });
    await server.control.delete(keyId);
    expect(await statusOf(secret)).toBe(401);
  });

  it('a key ends at its expiry, to the millisecond', async () => {
    const { id } = await viewerAccount();
    const { organizationId } = server;
    const expiresAt = new Date('2026-10-01T09:00:10.000Z');
    const { secret } = await server.control.issue({ name: 'brief', ownerId: id, organizationId, expiresAt });
    pass(9_999);
    expect(await statusOf(secret)).toBe(200);
    pass(1);
    expect(await statusOf(secret)).toBe(401);
  });
});

describe('the clock', () => {
  it('is the one handed in, in every Date header', async () => {
    const date = async () => (await ask(server, undefined, 'GET /v1/me')).headers.get('date');
    expect(await date()).toBe('Thu, 01 Oct 2026 09:00:00 GMT');
    pass(600_000);
    expect(await date()).toBe('Thu, 01 Oct 2026 09:10:00 GMT');
  });

  it('gives the seeded keys an age of thirty days', async () => {
    const answered = await ask(server, server.keys.personal, `GET /v1/auth/tokens/${server.keyIds.personal}`);
    expect(pickText(answered, 'createdAt')).toBe('2026-09-01T09:00:00Z');
    expect(pickText(answered, 'lastUsedAt')).toBe('2026-10-01T09:00:00Z');
  });
});

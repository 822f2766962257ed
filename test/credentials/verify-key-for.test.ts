import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { organizationOf, type VerifiedKey, verifyKeyFor } from '../../source/credentials/credentials.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { listeningOrigin } from '../castai/support/listening.ts';
import { aKey } from '../support/install.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ failures: [], acceptBearer: false }));

const verify = (secret: Secret) => verifyKeyFor({ secret, origin: server.url });

describe('a key that works', () => {
  it('of a service account is told by its name, its organization and its id', async () => {
    const { secret, ...verified } = await verify(server.keys.viewer);
    expect(secret.reveal()).toBe(server.keys.viewer.reveal());
    expect(verified).toMatchObject({
      origin: server.url,
      owner: { kind: 'service-account', name: 'practice-viewer' },
      organizations: [{ id: server.organizationId, name: 'Practice' }],
      isRestricted: false,
      key: { id: server.keyIds.viewer },
    });
    expect(new Date(verified.key?.createdAt ?? '').getTime()).toBeLessThan(Date.now());
  });

  it('of a person reaches all of that person’s organizations, the default one first', async () => {
    const verified = await verify(server.keys.personal);
    expect(verified.owner).toMatchObject({ kind: 'person', name: 'Olive Owner' });
    expect(verified.organizations.map(({ name }) => name)).toEqual([
      'Practice',
      'Practice Enterprise',
      'Practice Subsidiary',
    ]);
  });

  it('may be one of several of its owner: then castkeys does not guess which', async () => {
    const owner = (await verify(server.keys.viewer)).owner.id ?? '';
    const { id, secret } = await server.control.issue({
      name: 'a second one',
      ownerId: owner,
      organizationId: server.organizationId,
    });
    expect(await verify(server.keys.viewer)).not.toHaveProperty('key');
    expect(await verify(secret)).not.toHaveProperty('key');
    await server.control.disable(id);
    expect((await verify(server.keys.viewer)).key?.id).toBe(server.keyIds.viewer);
  });

  it('may have no rights at all: it is alive all the same', async () => {
    server.control.behave({ failures: [{ kind: 'forbidden', path: '/v1/me' }] });
    const verified = await verify(server.keys.viewer);
    expect(verified).toMatchObject({ isRestricted: true, owner: { kind: 'unknown' } });
    expect(verified).not.toHaveProperty('key');
  });

  it('may not look itself up: it is a key all the same', async () => {
    const keys = '/v1/organizations/{id}/service-accounts/keys';
    server.control.behave({ failures: [{ kind: 'forbidden', path: keys }] });
    const verified = await verify(server.keys.viewer);
    expect(verified.owner).toMatchObject({ kind: 'service-account' });
    expect(verified).not.toHaveProperty('key');
  });

  it('is sent the way the profile says', async () => {
    server.control.behave({ acceptBearer: true });
    const bearer = verifyKeyFor({ secret: server.keys.viewer, origin: server.url, authorization: 'bearer' });
    expect((await bearer).owner).toMatchObject({ name: 'practice-viewer' });
  });
});

describe('a key that does not work', () => {
  const issue = async (expiresAt?: Date) => {
    const ownerId = (await verify(server.keys.member)).owner.id ?? '';
    const wish = { name: `short-lived ${Math.random()}`, ownerId, organizationId: server.organizationId };
    return server.control.issue({ ...wish, ...(expiresAt ? { expiresAt } : {}) });
  };
  const refused = {
    code: 'key-invalid',
    exitCode: 5,
    message: expect.stringContaining('Nothing was stored.'),
  };

  it.each([
    ['unknown', async () => aKey('z')],
    ['of another region', async () => server.keys.elsewhere],
    ['expired', async () => (await issue(new Date(Date.now() - 1000))).secret],
    [
      'disabled',
      async () => {
        const { id, secret } = await issue();
        await server.control.disable(id);
        return secret;
      },
    ],
    [
      'deleted',
      async () => {
        const { id, secret } = await issue();
        await server.control.delete(id);
        return secret;
      },
    ],
  ])('because it is %s is refused, and never repeated', async (_what, make) => {
    const secret = await make();
    await expect(verify(secret)).rejects.toMatchObject(refused);
    const error = await verify(secret).catch(String);
    expect(String(error)).not.toContain(secret.reveal().slice(0, 20));
  });
});

describe('a key of which nothing can be concluded', () => {
  it('because somebody else answers is neither good nor bad', async () => {
    server.control.behave({ failures: [{ kind: 'html200' }] });
    await expect(verify(server.keys.viewer)).rejects.toMatchObject({ code: 'unintelligible', exitCode: 6 });
    server.control.behave({ failures: [{ kind: 'notFound' }] });
    await expect(verify(server.keys.viewer)).rejects.toMatchObject({ exitCode: 6 });
  });

  it('because nobody answers is neither good nor bad', async () => {
    const closed = createServer();
    const origin = await listeningOrigin(closed);
    await new Promise(resolve => closed.close(resolve));
    await expect(verifyKeyFor({ secret: aKey(), origin })).rejects.toMatchObject({
      code: 'unreachable',
      exitCode: 6,
    });
  });

  it('because the person left is cancelled', async () => {
    const controller = new AbortController();
    server.control.behave({ failures: [{ kind: 'slow', ms: 10_000 }] });
    const asked = verifyKeyFor({ secret: aKey(), origin: server.url, signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled', exitCode: 130 });
  });

  it.each(['http://api.example.com', 'https://api.cast.ai/v1', 'https://console.cast.ai'])(
    'is not sent to %s at all',
    async origin => {
      await expect(verifyKeyFor({ secret: aKey(), origin })).rejects.toMatchObject({ code: 'usage' });
    },
  );
});

describe('the organization of a verified key', () => {
  const one = { id: 'o1', name: 'One' };
  const two = { id: 'o2', name: 'Two' };
  const reaching = (...organizations: readonly { id: string; name?: string }[]): VerifiedKey => ({
    secret: aKey(),
    origin: 'https://api.cast.ai',
    owner: { kind: 'unknown' },
    organizations,
    isRestricted: false,
  });

  it('is the profile’s, by its full name', () => {
    expect(organizationOf(reaching(one, two), { id: 'o2' })).toEqual(two);
  });

  it('is the only one it reaches, where the profile names none', () => {
    expect(organizationOf(reaching(one), undefined)).toEqual(one);
    expect(organizationOf(reaching(one, two), undefined)).toBeUndefined();
    expect(organizationOf(reaching(), undefined)).toBeUndefined();
  });

  it('is taken on trust from the profile, where the key may not list any', () => {
    expect(organizationOf(reaching(), { id: 'o9' })).toEqual({ id: 'o9' });
  });

  it('must be the profile’s', () => {
    expect(() => organizationOf(reaching(one), { id: 'o2', name: 'Two' })).toThrow(
      expect.objectContaining({
        code: 'organization-mismatch',
        exitCode: 5,
        message: expect.stringMatching(/One.*Two.*Nothing was stored/),
      }),
    );
  });

  it('of a stranger’s key is not the practice organization', async () => {
    const verified = await verify(server.keys.stranger);
    expect(() => organizationOf(verified, { id: server.organizationId })).toThrow(
      expect.objectContaining({ code: 'organization-mismatch' }),
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { ask, namesIn, pick, pickText } from './support/asking.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());

const byHand = (line: string, body?: unknown) => ask(server, undefined, line, { body });

describe('with curl and no key', () => {
  it('GET /practice shows what there is, and never a value', async () => {
    const seen = await byHand('GET /practice');
    expect(seen.json).toMatchObject({
      url: server.url,
      region: 'us',
      organizations: [{ id: server.organizationId, name: 'Practice' }, {}, {}, { name: 'Strangers' }],
      behaviour: { unauthorizedAs: 'json' },
    });
    expect(pick(seen, 'keys')).toContainEqual(
      expect.objectContaining({
        id: server.keyIds.admin,
        name: 'practice-admin-key',
        seeded: 'admin',
        active: true,
      }),
    );
    for (const key of Object.values(server.keys)) expect(seen.text).not.toContain(key.reveal());
    expect(seen.text).not.toContain('hash');
  });

  it('POST /practice/behaviour plays a disaster and heals it', async () => {
    const struck = await byHand('POST /practice/behaviour', { failures: [{ kind: 'rateLimited' }] });
    expect(struck).toMatchObject({
      status: 200,
      json: { failures: [{ kind: 'rateLimited', retryAfterSeconds: 1 }] },
    });
    expect((await ask(server, server.keys.admin, 'GET /v1/me')).status).toBe(429);
    await byHand('POST /practice/behaviour', { failures: [] });
    expect((await ask(server, server.keys.admin, 'GET /v1/me')).status).toBe(200);
    expect((await byHand('GET /practice/behaviour')).json).toEqual(server.control.behaviour);
  });

  it.each([{ unauthorisedAs: 'html' }, { unauthorizedAs: 'xml' }, { failures: [{ kind: 'slow' }] }])(
    'POST /practice/behaviour refuses %j with 400',
    async wrong => {
      const before = server.control.behaviour;
      expect((await byHand('POST /practice/behaviour', wrong)).status).toBe(400);
      expect(server.control.behaviour).toEqual(before);
    },
  );

  it('POST /practice/keys/{id} disables and enables a key', async () => {
    const line = `POST /practice/keys/${server.keyIds.viewer}`;
    expect(await byHand(line, { active: false })).toMatchObject({ status: 200, json: { active: false } });
    expect((await ask(server, server.keys.viewer, 'GET /v1/me')).status).toBe(401);
    expect(await byHand(line, { active: true })).toMatchObject({ status: 200, json: { active: true } });
    expect((await ask(server, server.keys.viewer, 'GET /v1/me')).status).toBe(200);
    expect((await byHand('POST /practice/keys/none', { active: true })).status).toBe(404);
    expect((await byHand(line, {})).status).toBe(400);
  });

  it('GET and HEAD of the specification answer, with no key', async () => {
    const spec = await byHand('GET /v1/spec/openapi.json');
    expect(spec).toMatchObject({ status: 200, json: { openapi: '3.0.1' } });
    expect(Object.keys(Object(pick(spec, 'paths')))).toContain('/v1/auth/tokens/{id}');
    expect(await byHand('HEAD /v1/spec/openapi.json')).toMatchObject({ status: 200, text: '' });
  });
});

describe('in process', () => {
  it('anything can be given a name that would take over a terminal', async () => {
    const name = '\u001b[2J\u001b]0;owned\u0007innocent\u202e';
    const [organization] = server.control.overview().organizations;
    await server.control.rename(organization?.id ?? '', name);
    await server.control.rename(server.keyIds.viewer, name);
    const organizations = await ask(server, server.keys.viewer, 'GET /v1/organizations');
    expect(namesIn(organizations, 'organizations')).toEqual([name]);
    const path = `/v1/organizations/${server.organizationId}/service-accounts/keys`;
    expect(namesIn(await ask(server, server.keys.viewer, `GET ${path}`), 'keys')).toContain(name);
  });

  it('what is done behind the API’s back is in the audit log', async () => {
    await server.control.disable(server.keyIds.member);
    const events = await ask(server, server.keys.viewer, 'GET /v2/audit/events?filter.actions=disabled');
    expect(pickText(events, 'events.0.actor.displayName')).toBe('practice console');
    await server.control.enable(server.keyIds.member);
  });

  it('what isn’t there is an error that says so', async () => {
    const { control } = server;
    const failed = { name: 'CastkeysError', code: 'failed', message: expect.stringContaining('none') };
    await expect(control.disable('none')).rejects.toMatchObject(failed);
    await expect(control.rename('none', 'x')).rejects.toMatchObject(failed);
    await expect(control.deliver('none', {})).rejects.toMatchObject(failed);
    const wish = { name: 'x', ownerId: 'none', organizationId: server.organizationId };
    await expect(control.issue(wish)).rejects.toMatchObject(failed);
  });

  it('a key can be issued as if in another region', async () => {
    const [account] = server.control.overview().serviceAccounts;
    const wish = {
      name: 'eu',
      ownerId: account?.id ?? '',
      organizationId: server.organizationId,
      region: 'eu',
    };
    const { secret } = await server.control.issue(wish);
    expect((await ask(server, secret, 'GET /v1/me')).status).toBe(401);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type Answered, addAccount, ask, pick, pickList, pickText } from './support/asking.ts';

let server: PracticeServer;
let account: { readonly id: string; readonly keyId: string };
beforeAll(async () => {
  server = await startPractice();
  account = await addAccount(server, 'audited');
  const key = `/v1/organizations/${server.organizationId}/service-accounts/${account.id}/keys/${account.keyId}`;
  await ask(server, server.keys.admin, `PATCH ${key}`, { body: { active: false } });
  await ask(server, server.keys.admin, `DELETE ${key}`);
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ auditShowsKeys: true }));

const asViewer = (path: string): Promise<Answered> => ask(server, server.keys.viewer, `GET ${path}`);

describe('the audit log', () => {
  it('tells the life of a key, newest first', async () => {
    const keys = await asViewer('/v2/audit/events?filter.resources=api-key');
    expect(pickList(keys, 'events')).toMatchObject(
      ['deleted', 'disabled', 'created'].map(eventAction => ({
        eventAction,
        resource: { id: account.keyId, displayName: 'audited-key' },
        actor: { type: 'SERVICE_ACCOUNT', displayName: 'practice-admin' },
      })),
    );
  });

  it('has the fields of v1', async () => {
    const answered = await asViewer('/v1/audit?operation=AUDIT_OPERATION_TYPE_ADD');
    expect(answered.json).toEqual({
      items: expect.any(Array),
      nextCursor: '',
      previousCursor: '',
      count: pickList(answered, 'items').length,
    });
    expect(pick(answered, 'items.0')).toEqual({
      id: expect.any(String),
      eventType: 'practice.api-key.created',
      initiatedBy: { id: expect.any(String), name: 'practice-admin', email: expect.any(String) },
      time: expect.stringMatching(/Z$/),
      event: expect.objectContaining({ target: { id: account.keyId, name: 'audited-key' } }),
      labels: {},
      operation: { type: 'AUDIT_OPERATION_TYPE_ADD', text: expect.any(String) },
    });
  });

  it('tells the calls, its own reading excepted, and never a key', async () => {
    const calls = await asViewer('/v2/audit/events?filter.resources=call');
    expect(pick(calls, 'events.0.resource.displayName')).toMatch(/^DELETE /);
    expect(calls.text).not.toContain('/v2/audit');
    for (const key of Object.values(server.keys)) expect(calls.text).not.toContain(key.reveal());
  });

  it('is read to its end with limit and cursor alone, filters remembered', async () => {
    let answered = await asViewer('/v1/audit?page.limit=2&initiatedByEmail=&fromDate=2020-01-01T00:00:00Z');
    expect(pickList(answered, 'items')).toEqual([]);
    answered = await asViewer('/v2/audit/events?page.limit=2&filter.resources=api-key');
    expect(pickList(answered, 'events')).toHaveLength(2);
    const cursor = pickText(answered, 'nextCursor');
    // What happens meanwhile is newer, and neither shifts nor repeats what is still to come.
    await asViewer('/v1/me');
    answered = await asViewer(`/v2/audit/events?page.limit=2&page.cursor=${cursor}`);
    expect(pickList(answered, 'events')).toMatchObject([
      { eventAction: 'created', eventResource: 'api-key' },
    ]);
    expect(pick(answered, 'nextCursor')).toBe('');
  });

  it('keeps to the dates asked for', async () => {
    expect(pick(await asViewer('/v1/audit?toDate=2020-01-01T00:00:00Z'), 'count')).toBe(0);
    expect(pick(await asViewer('/v1/audit?fromDate=2020-01-01T00:00:00Z'), 'count')).toBeGreaterThan(3);
    expect((await asViewer('/v1/audit?fromDate=yesterday')).status).toBe(400);
  });

  it('is silent about keys where it is switched so', async () => {
    server.control.behave({ auditShowsKeys: false });
    expect(pick(await asViewer('/v2/audit/events?filter.resources=api-key'), 'count')).toBe(0);
    expect(pick(await asViewer('/v2/audit/events'), 'count')).toBeGreaterThan(0);
  });

  it('is each organization’s own', async () => {
    const theirs = await ask(server, server.keys.stranger, 'GET /v2/audit/events?filter.resources=api-key');
    expect(pick(theirs, 'count')).toBe(0);
  });
});

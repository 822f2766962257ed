import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type Answered, ask, namesIn, pick, pickText } from './support/asking.ts';
import { configFor, type Receiver, startReceiver } from './support/receiver.ts';

let server: PracticeServer;
let receiver: Receiver;
beforeAll(async () => {
  server = await startPractice();
  receiver = await startReceiver();
});
afterAll(async () => {
  await server.close();
  receiver.close();
});
beforeEach(() => {
  receiver.received = [];
  receiver.status = 200;
  server.control.behave({ maskAuthKeys: false });
});

const webhooks = '/v1/notifications/webhook-configurations';
const config = (more: object = {}) => configFor(receiver.url, more);
const asAdmin = (line: string, body?: unknown): Promise<Answered> =>
  ask(server, server.keys.admin, line, { body });

describe('a webhook configuration', () => {
  it('is made, listed, replaced and deleted, always with 200 and unwrapped', async () => {
    const made = await asAdmin(`POST ${webhooks}`, config());
    expect(made).toMatchObject({
      status: 200,
      json: {
        name: 'ops',
        organizationId: server.organizationId,
        status: 'CanConnect',
        error: '',
        deletedAt: null,
      },
    });
    const one = `${webhooks}/${pickText(made, 'id')}`;
    expect((await asAdmin(`GET ${one}`)).json).toEqual(made.json);
    const listed = await asAdmin(`GET ${webhooks}?filter.severities=ERROR`);
    expect(listed.json).toEqual({ items: [made.json], nextCursor: '', previousCursor: '' });
    expect(namesIn(await asAdmin(`GET ${webhooks}?filter.severities=INFO`), 'items')).toEqual([]);

    const replaced = await asAdmin(`PUT ${one}`, {
      ...config(),
      name: 'on call',
      authKeys: { 'X-Webhook-Token': 'open' },
    });
    expect(replaced).toMatchObject({ status: 200, json: { name: 'on call' } });
    expect(pick(replaced, 'authKeys')).toEqual({ 'X-Webhook-Token': 'open' });
    expect(await asAdmin(`DELETE ${one}`)).toMatchObject({ status: 200, json: {} });
    expect((await asAdmin(`GET ${one}`)).status).toBe(404);
    expect(receiver.received).toEqual([]);
  });

  it('shows its header secrets in clear, or masked where that is switched on', async () => {
    const made = await asAdmin(`POST ${webhooks}`, config());
    const one = `GET ${webhooks}/${pickText(made, 'id')}`;
    expect(pick(await asAdmin(one), 'authKeys.X-Webhook-Token')).toBe('sesame');
    server.control.behave({ maskAuthKeys: true });
    expect(pick(await asAdmin(one), 'authKeys.X-Webhook-Token')).toBe('****');
  });

  it.each([
    ['name', { name: '' }],
    ['callbackUrl', { callbackUrl: 'here' }],
    ['severityTriggers.0', { severityTriggers: ['LOUD'] }],
    ['includeClusterless', { includeClusterless: 'yes' }],
    ['authKeys', { authKeys: { 'no header': 'x' } }],
    ['requestTemplate', { requestTemplate: '{"id":{{ .NotificationID }}}' }],
    ['requestTemplate', { requestTemplate: '{"id":"{{ .Nothing }}"}' }],
    ['requestTemplate', { requestTemplate: '{"id":"{{ shout .Name }}"}' }],
    ['requestTemplate', { requestTemplate: '{"ts":"{{ toISO8601 .Name }}"}' }],
  ])('is refused with a violation of %s', async (field, wrong) => {
    const answered = await asAdmin(`POST ${webhooks}`, config(wrong));
    expect(answered).toMatchObject({ status: 400, json: { fieldViolations: [{ field }] } });
  });

  it('has categories to choose from', async () => {
    const { json } = await asAdmin('GET /v1/notifications/webhook-categories');
    expect(json).toEqual({
      categories: [
        { name: expect.any(String), value: expect.any(String), subcategories: expect.any(Object) },
      ],
    });
  });
});

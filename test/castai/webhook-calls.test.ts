import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type CastaiClient, castaiClient, type WebhookWanted } from '../../source/castai/castai.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { failureOf } from './support/client.ts';

let practice: PracticeServer;
let admin: CastaiClient;
beforeAll(async () => {
  practice = await startPractice();
  admin = clientWith(practice.keys.admin);
});
afterAll(() => practice.close());
beforeEach(() => practice.control.behave({ pageCap: 500, maskAuthKeys: false }));

const clientWith = (secret: Secret) =>
  castaiClient({
    origin: practice.url,
    secret,
    organizationId: practice.organizationId,
    sleep: async () => {},
  });

const wanted = (over: Partial<WebhookWanted> = {}): WebhookWanted => ({
  name: 'ops',
  // Nothing listens on the discard port.
  callbackUrl: 'http://127.0.0.1:9/hook?token=x',
  severityTriggers: ['CRITICAL'],
  includeClusterless: true,
  requestTemplate: '{"id":"{{ .NotificationID }}"}',
  authKeys: { 'X-Webhook-Token': new Secret('sesame') },
  ...over,
});

it('a webhook is tried out, made, read, replaced and deleted', async () => {
  expect(await admin.webhooks.tryOut(wanted())).toMatchObject({ status: 'FailedToConnect' });
  expect(await admin.webhooks.list()).toEqual([]);
  const { id } = await admin.webhooks.create(wanted({ category: 'practice' }));
  const read = await admin.webhooks.get(id);
  expect(read).toMatchObject({ name: 'ops', category: 'practice', callbackUrl: wanted().callbackUrl });
  expect(read.authKeys['X-Webhook-Token']?.reveal()).toBe('sesame');
  expect(JSON.stringify(read)).not.toContain('sesame');
  await admin.webhooks.replace(id, wanted({ name: 'new' }));
  const replaced = await admin.webhooks.get(id);
  expect(replaced).toMatchObject({ id, name: 'new' });
  expect(replaced).not.toHaveProperty('category');
  await admin.webhooks.delete(id);
  expect(await failureOf(admin.webhooks.get(id))).toMatchObject({ kind: 'not-found' });
});

it('all pages of webhooks are read', async () => {
  practice.control.behave({ pageCap: 2 });
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const name of names) await admin.webhooks.create(wanted({ name }));
  const found = await admin.webhooks.list();
  expect(found.map(({ name }) => name).toSorted()).toEqual(names);
  for (const { id } of found) await admin.webhooks.delete(id);
});

it('what is wrong with a webhook is told, and its secret is not', async () => {
  const refused = await failureOf(admin.webhooks.create(wanted({ requestTemplate: 'no JSON' })));
  expect(refused).toMatchObject({ kind: 'rejected', fieldViolations: [{ field: 'requestTemplate' }] });
  expect(refused.message).not.toContain('sesame');
  const forbidden = clientWith(practice.keys.viewer);
  expect(await failureOf(forbidden.webhooks.create(wanted()))).toMatchObject({ kind: 'forbidden' });
  expect(await forbidden.webhooks.list()).toEqual([]);
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type Answered, ask, pickText } from './support/asking.ts';
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
});

const webhooks = '/v1/notifications/webhook-configurations';
const config = (more: object = {}) => configFor(receiver.url, more);
const asAdmin = (line: string, body?: unknown): Promise<Answered> =>
  ask(server, server.keys.admin, line, { body });

describe('a dry run', () => {
  it('really calls the URL, and saves nothing', async () => {
    const before = (await asAdmin(`GET ${webhooks}`)).json;
    const tried = await asAdmin(`POST ${webhooks}`, config({ dryRun: true }));
    expect(tried).toMatchObject({ status: 200, json: { status: 'CanConnect' } });
    expect(receiver.received).toMatchObject([{ method: 'POST', headers: { 'x-webhook-token': 'sesame' } }]);
    expect((await asAdmin(`GET ${webhooks}`)).json).toEqual(before);
  });

  it.each([500, 302])('tells what doesn’t take the call: an answer of %i', async answer => {
    receiver.status = answer;
    const tried = await asAdmin(`POST ${webhooks}`, config({ dryRun: true }));
    expect(tried.json).toMatchObject({ status: 'FailedToConnect', error: `answered ${answer}` });
  });

  it('tells what can’t be reached', async () => {
    const nowhere = createServer().listen(0, '127.0.0.1');
    await once(nowhere, 'listening');
    const address = nowhere.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise(resolve => nowhere.close(resolve));
    const tried = await asAdmin(
      `POST ${webhooks}`,
      config({ dryRun: true, callbackUrl: `http://127.0.0.1:${port}/` }),
    );
    expect(tried.json).toMatchObject({
      status: 'FailedToConnect',
      error: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each([
    'https://example.test/hook',
    'http://10.0.0.1/',
    'http://127.0.0.1.example.test/',
    'file:///etc/passwd',
  ])('never leaves this machine: %s is refused', async callbackUrl => {
    const tried = await asAdmin(`POST ${webhooks}`, config({ dryRun: true, callbackUrl }));
    expect(tried).toMatchObject({ status: 400, json: { fieldViolations: [{ field: 'callbackUrl' }] } });
  });
});

describe('a delivery', () => {
  it('is the rendered template with the configured headers, unsigned', async () => {
    const made = await asAdmin(`POST ${webhooks}`, config());
    const result = await server.control.deliver(pickText(made, 'id'), {
      id: 'n-1',
      severity: 'CRITICAL',
      details: { node: 'a "quoted" name' },
      timestamp: new Date('2026-10-01T09:00:00Z'),
    });
    expect(result).toEqual({ reached: true, status: 200, body: 'thanks' });
    const [delivery] = receiver.received;
    expect(JSON.parse(delivery?.body ?? '')).toEqual({
      id: 'n-1',
      ts: '2026-10-01T09:00:00.000Z',
      severity: 'CRITICAL',
      details: { node: 'a "quoted" name' },
    });
    expect(delivery?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-webhook-token': 'sesame',
    });
    expect(Object.keys(delivery?.headers ?? {}).filter(name => /sign|hmac/i.test(name))).toEqual([]);
  });

  it('writes down on the configuration that it failed', async () => {
    const made = await asAdmin(`POST ${webhooks}`, config());
    receiver.status = 503;
    await server.control.deliver(pickText(made, 'id'), {});
    const read = await asAdmin(`GET ${webhooks}/${pickText(made, 'id')}`);
    expect(read.json).toMatchObject({ status: 'FailedToConnect', error: 'answered 503' });
  });

  it('to a saved address elsewhere is not made', async () => {
    const made = await asAdmin(`POST ${webhooks}`, config({ callbackUrl: 'https://example.test/hook' }));
    const result = await server.control.deliver(pickText(made, 'id'), {});
    expect(result).toMatchObject({ reached: false, reason: expect.stringContaining('loopback') });
  });

  it('can be asked for over HTTP', async () => {
    const made = await asAdmin(`POST ${webhooks}`, config());
    const line = `POST /practice/webhooks/${pickText(made, 'id')}/deliver`;
    expect(await ask(server, undefined, line, { body: { severity: 'ERROR' } })).toMatchObject({
      json: { reached: true },
    });
    expect(receiver.received).toHaveLength(1);
    expect((await ask(server, undefined, 'POST /practice/webhooks/none/deliver')).status).toBe(404);
  });
});

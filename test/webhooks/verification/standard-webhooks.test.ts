import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { makeWebhookSecret, signWebhook, verifyWebhook } from '../../../source/webhooks/webhooks.ts';

describe('the reference library of Standard Webhooks', () => {
  const secret = makeWebhookSecret().reveal();
  const theirs = new Webhook(secret);
  const text = fc.string({ unit: 'grapheme' });
  const id = fc.stringMatching(/^[\w-]{1,40}$/);

  it('verifies what castkeys signs', () => {
    fc.assert(
      fc.property(id, text, (webhookId, value) => {
        const body = JSON.stringify({ value });
        const timestamp = Math.floor(Date.now() / 1000);
        const headers = signWebhook({ id: webhookId, timestamp, body }, secret);
        expect(theirs.verify(body, { ...headers })).toEqual({ value });
        expect(() => theirs.verify(`${body} `, { ...headers })).toThrow();
      }),
    );
  });

  it('verifies what castkeys signs with two secrets, whichever of them it knows', () => {
    const other = makeWebhookSecret().reveal();
    const parts = { id: 'n-1', timestamp: Math.floor(Date.now() / 1000), body: '{}' };
    const headers = { ...signWebhook(parts, [other, secret]) };
    expect([theirs.verify('{}', headers), new Webhook(other).verify('{}', headers)]).toEqual([{}, {}]);
    expect(() => signWebhook(parts, [])).toThrow(TypeError);
  });

  it('signs what castkeys verifies', async () => {
    await fc.assert(
      fc.asyncProperty(id, text, async (webhookId, body) => {
        const now = new Date();
        const headers = {
          'webhook-id': webhookId,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': theirs.sign(webhookId, now, body),
        };
        expect(await verifyWebhook({ headers, body }, { secret })).toMatchObject({ verified: true });
        expect(await verifyWebhook({ headers, body: `${body} ` }, { secret })).toMatchObject({
          reason: 'wrong-signature',
        });
      }),
    );
  });
});

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeWebhookSecret,
  type ReplayMemory,
  replayMemory,
  signPayload,
  signWebhook,
  verifyWebhook,
} from '../../../source/webhooks/webhooks.ts';

const secret = makeWebhookSecret().reveal();
const other = makeWebhookSecret().reveal();
const at = Date.parse('2026-06-01T12:00:00Z');
const now = () => at;
const body = '{"id":"n-1","timestamp":"2026-06-01T12:00:00Z"}';
const timestamp = at / 1000;
const url = 'http://receiver.example/hook';

type Headers = Record<string, string>;
const asRequest = (headers: Headers, sent: string) =>
  new Request(url, { method: 'POST', headers, body: sent });
const asPlain = (headers: Headers, sent: string) => ({ headers, body: Buffer.from(sent) });

describe.each([
  ['a Request', asRequest],
  ['headers and a raw body', asPlain],
])('verifyWebhook, given %s', (_form, make) => {
  const signed = (over: Partial<Parameters<typeof signWebhook>[0]> = {}, key = secret) =>
    signWebhook({ id: 'n-1', timestamp, body, ...over }, key);
  const verify = (headers: Headers, sent = body, over: object = {}) =>
    verifyWebhook(make(headers, sent), { secret, now, ...over });

  it('takes what was signed, and gives what was verified', async () => {
    const verdict = await verify(signed());
    expect(verdict).toMatchObject({ verified: true, id: 'n-1', sentAt: new Date(at), secretIndex: 0 });
    expect(verdict.verified && verdict.body.toString()).toBe(body);
  });

  it.each<[string, () => Headers, string?]>([
    ['no-signature', () => ({})],
    ['no-signature', () => without(signed(), 'webhook-signature')],
    ['no-id', () => without(signed(), 'webhook-id')],
    ['no-timestamp', () => without(signed(), 'webhook-timestamp')],
    ['wrong-signature', () => signed({}, other)],
    ['wrong-signature', () => signed(), `${body} `],
    ['wrong-signature', () => ({ ...signed(), 'webhook-id': 'n-2' })],
    ['wrong-signature', () => ({ ...signed(), 'webhook-timestamp': String(timestamp + 1) })],
    ['wrong-signature', () => shortened(signed())],
    ['wrong-signature', () => ({ ...signed(), 'webhook-signature': signPayload(body, secret) })],
    ['stale', () => signed({ timestamp: timestamp - 301 })],
    ['from-the-future', () => signed({ timestamp: timestamp + 301 })],
    ['no-id', () => ({ ...signed(), 'webhook-id': 'n.1' })],
  ])('refuses: %s', async (reason, headers, sent) => {
    expect(await verify(headers(), sent)).toMatchObject({ verified: false, reason });
  });

  it('takes either secret while one takes the place of the other, and says which it was', async () => {
    const both = { secret: [secret, other] };
    expect(await verify(signed(), body, both)).toMatchObject({ verified: true, secretIndex: 0 });
    expect(await verify(signed({}, other), body, both)).toMatchObject({ verified: true, secretIndex: 1 });
    expect(await verify(signed({}, other), body, { secret: [secret, undefined] })).toMatchObject({
      verified: false,
    });
  });

  it('takes one of several signatures', async () => {
    const [mine, theirs] = [signed(), signed({}, other)];
    const both = `${theirs['webhook-signature']} ${mine['webhook-signature']}`;
    expect(await verify({ ...mine, 'webhook-signature': both })).toMatchObject({ verified: true });
  });

  it.each([undefined, '', [], [undefined, '']])('verifies nothing with no secret: %j', async none => {
    const headers = signed();
    expect(await verify(headers, body, { secret: none })).toMatchObject({ reason: 'no-secret' });
  });

  it.each(['whsec_', 'whsec_%%%', 'not base64 at all'])('takes the secret %j as it is', async odd => {
    expect(await verify(signed({}, odd), body, { secret: odd })).toMatchObject({ verified: true });
    expect(await verify(signed(), body, { secret: odd })).toMatchObject({ reason: 'wrong-signature' });
  });

  it('takes a webhook once, and again where it could not be handled', async () => {
    const replay = replayMemory({ now });
    const first = await verify(signed(), body, { replay });
    expect(await verify(signed(), body, { replay })).toMatchObject({ reason: 'replayed' });
    if (first.verified) await first.release();
    expect(await verify(signed(), body, { replay })).toMatchObject({ verified: true });
  });

  it('takes a webhook once up to the last moment that it is fresh', async () => {
    for (const ms of [0, 299_999, 300_000]) {
      let time = at;
      const replay = replayMemory({ now: () => time });
      const later = { replay, now: () => time };
      expect(await verify(signed(), body, later)).toMatchObject({ verified: true });
      time = at + ms;
      expect(await verify(signed(), body, later)).toMatchObject({ reason: 'replayed' });
      time = at + 300_001;
      expect(await verify(signed(), body, later)).toMatchObject({ reason: 'stale' });
    }
  });

  it('takes one of a hundred that come at once', async () => {
    const replay = replayMemory({ now });
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => verify(signed(), body, { replay })));
    expect(verdicts.filter(({ verified }) => verified)).toHaveLength(1);
  });

  it('takes none while a replay could not be noticed', async () => {
    const broken: ReplayMemory = { claim: () => Promise.reject(new Error('gone')), release: () => {} };
    expect(await verify(signed(), body, { replay: broken })).toMatchObject({ reason: 'memory-failed' });
    const replay = replayMemory({ now, capacity: 1 });
    await verify(signed(), body, { replay });
    expect(await verify(signed({ id: 'n-2' }), body, { replay })).toMatchObject({ reason: 'memory-full' });
  });

  it('takes no body that is larger than is accepted', async () => {
    const large = 'x'.repeat(1000);
    const headers = signed({ body: large });
    expect(await verify(headers, large, { maxBytes: 1000 })).toMatchObject({ verified: true });
    expect(await verify(headers, large, { maxBytes: 999 })).toMatchObject({ reason: 'too-large' });
  });

  describe('where only the body is signed', () => {
    const scheme = { kind: 'hmac', header: 'X-Hub-Signature-256' } as const;
    const hub = (signature: string) => verify({ 'x-hub-signature-256': signature }, body, { scheme });
    it('takes it, in hex and in base64', async () => {
      const mac = createHmac('sha256', secret).update(body).digest();
      for (const signature of [signPayload(body, secret), mac.toString('hex'), mac.toString('base64')])
        expect(await hub(signature)).toMatchObject({ verified: true });
      expect(await hub(signPayload(body, other))).toMatchObject({ reason: 'wrong-signature' });
      expect(await hub('rubbish')).toMatchObject({ reason: 'wrong-signature' });
    });

    it('checks the time that is signed with it', async () => {
      const dated = { kind: 'hmac', header: 'x-signature', timestampHeader: 'x-timestamp' } as const;
      const send = (seconds: number, claimed = seconds) =>
        verify(
          { 'x-signature': signPayload(`${seconds}.${body}`, secret), 'x-timestamp': String(claimed) },
          body,
          { scheme: dated },
        );
      expect(await send(timestamp - 300)).toMatchObject({ verified: true });
      expect(await send(timestamp - 301)).toMatchObject({ reason: 'stale' });
      expect(await send(timestamp - 301, timestamp)).toMatchObject({ reason: 'wrong-signature' });
    });

    it('tells two webhooks apart by their signatures', async () => {
      const replay = replayMemory({ now });
      const once = () =>
        verify({ 'x-hub-signature-256': signPayload(body, secret) }, body, { scheme, replay });
      expect(await once()).toMatchObject({ verified: true });
      expect(await once()).toMatchObject({ reason: 'replayed' });
    });
  });

  describe('where the secret is in a header, as Cast AI sends it', () => {
    const scheme = { kind: 'token' } as const;
    const token = (value: string, sent = body, over: object = {}) =>
      verify({ 'X-Webhook-Token': value }, sent, { scheme, ...over });
    it('takes the secret, and id and time from the body', async () => {
      expect(await token(secret)).toMatchObject({ verified: true, id: 'n-1', sentAt: new Date(at) });
    });

    it.each([
      ['wrong-token', other, body],
      ['wrong-token', secret.slice(0, -1), body],
      ['wrong-token', `${secret}x`, body],
      ['no-timestamp', secret, '{}'],
      ['no-timestamp', secret, 'not JSON'],
      ['no-timestamp', secret, '[]'],
      ['no-timestamp', secret, 'null'],
      ['stale', secret, '{"timestamp":"2026-06-01T11:54:59Z"}'],
      ['from-the-future', secret, '{"timestamp":"2026-06-01T12:05:01Z"}'],
    ])('refuses: %s', async (reason, value, sent) => {
      expect(await token(value, sent)).toMatchObject({ verified: false, reason });
    });

    it('takes another template where it is told how to read it, and one without a time where any age will do', async () => {
      const read = (parsed: unknown) => ({ timestamp: Object(parsed).ts });
      expect(await token(secret, `{"ts":${timestamp}}`, { scheme: { ...scheme, read } })).toMatchObject({
        verified: true,
      });
      expect(await token(secret, '{}', { toleranceSeconds: Number.POSITIVE_INFINITY })).toMatchObject({
        verified: true,
      });
    });

    it('takes it behind a word', async () => {
      const bearer = { kind: 'token', header: 'Authorization', prefix: 'Bearer ' } as const;
      const send = (value: string) => verify({ authorization: value }, body, { scheme: bearer });
      expect(await send(`Bearer ${secret}`)).toMatchObject({ verified: true });
      expect(await send(secret)).toMatchObject({ reason: 'wrong-token' });
    });
  });

  it('never rejects, whatever is sent', async () => {
    const headerValue = fc.stringMatching(/^[\x21-\x7e]{0,80}$/);
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-webhook-token'];
    const kinds = fc.constantFrom('standard', 'hmac', 'token');
    await fc.assert(
      fc.asyncProperty(
        fc.record(Object.fromEntries(names.map(name => [name, headerValue])), { requiredKeys: [] }),
        fc.string(),
        kinds,
        async (headers, sent, kind) => {
          const given = Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, String(value)]),
          );
          expect(await verify(given, sent, { scheme: { kind } })).toMatchObject({ verified: false });
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('verifyWebhook, given an IncomingMessage', () => {
  const receive = async (
    send: Uint8Array | string,
    handle: (request: IncomingMessage) => Promise<unknown>,
    headers: Headers = {},
  ) => {
    const { promise: verdict, resolve } = Promise.withResolvers<unknown>();
    const server = createServer(async (request, response) => {
      resolve(await handle(request));
      response.writeHead(401).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: send, headers });
      return { verdict: await verdict, status: response.status };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };
  const headers = signWebhook({ id: 'n-1', timestamp, body }, secret);
  const options = { secret, now };

  it('reads and verifies it', async () => {
    const { verdict } = await receive(body, request => verifyWebhook(request, options), headers);
    expect(verdict).toMatchObject({ verified: true, body: Buffer.from(body) });
  });

  it('can still be answered where its body is larger than is accepted', async () => {
    const large = Buffer.alloc(3_000_000, 'x');
    const answer = await receive(
      large,
      request => verifyWebhook(request, { ...options, maxBytes: 1000 }),
      headers,
    );
    expect(answer).toMatchObject({ verdict: { reason: 'too-large' }, status: 401 });
  });

  it('is refused where a parser took the raw body, unless it was kept', async () => {
    const parsing = async (keep: object) => {
      const { verdict } = await receive(
        body,
        async request => {
          for await (const _ of request);
          return verifyWebhook(Object.assign(request, keep), options);
        },
        headers,
      );
      return verdict;
    };
    expect(await parsing({})).toMatchObject({ reason: 'body-unavailable' });
    expect(await parsing({ body: JSON.parse(body) })).toMatchObject({ reason: 'body-unavailable' });
    expect(await parsing({ body: Buffer.from(body) })).toMatchObject({ verified: true });
    expect(await parsing({ body: {}, rawBody: body })).toMatchObject({ verified: true });
  });
});

const without = (headers: Headers, name: string): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([own]) => own !== name));

const shortened = (headers: Headers): Headers => ({
  ...headers,
  'webhook-signature': headers['webhook-signature']?.slice(0, -4) ?? '',
});

import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startPractice } from '../../source/practice/practice.ts';
import { aKey } from '../support/install.ts';
import { api } from './support/api.ts';
import { aBroker } from './support/behind.ts';
import { aCertificate } from './support/certificate.ts';

const keys = { reader: aKey('k') };

describe('a request that is allowed', () => {
  it('is answered as Cast AI answers it, with the key of its role', async () => {
    await using practice = {
      server: await startPractice(),
      [Symbol.asyncDispose]: () => practice.server.close(),
    };
    const { viewer, member } = practice.server.keys;
    await using behind = await aBroker({
      origin: practice.server.url,
      keys: { reader: viewer, writer: member },
      policy: { scopes: ['read:*', 'write:*'] },
    });
    const clusters = await behind.ask('/v1/kubernetes/external-clusters');
    expect(clusters.status).toBe(200);
    const { items } = (await clusters.json()) as { items: { id: string }[] };
    expect(items.length).toBeGreaterThan(0);
    const me = async (role: 'reader' | 'writer') => (await behind.ask('/v1/me', {}, role)).json();
    expect(await me('reader')).not.toEqual(await me('writer'));
    expect((await behind.ask('/v1/nothing/here')).status).toBe(404);
    expect(behind.broker.summary()).toMatchObject({ forwarded: 4, refused: 0 });
  });

  it('streams both ways, whatever its size, on connections that are used again', async () => {
    await using echo = await api((request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      request.pipe(response);
    });
    await using behind = await aBroker({ origin: echo.origin, keys, policy: { scopes: ['write:*'] } });
    const bytes = randomBytes(5 * 1024 * 1024);
    const digest = (of: ArrayBuffer | Buffer) =>
      createHash('sha256')
        .update(Buffer.from(of as Buffer))
        .digest('hex');
    for (const duplex of ['half', 'half'] as const) {
      const answer = await behind.ask('/v1/echo', {
        method: 'POST',
        body: Readable.from([bytes]),
        duplex,
      } as RequestInit);
      expect(digest(await answer.arrayBuffer())).toBe(digest(bytes));
    }
    expect(await (await behind.ask('/v1/echo', { method: 'POST', body: 'small' })).text()).toBe('small');
    expect(echo.connections()).toBe(1);
  });

  it('gets the beginning of an answer before its end is there', async () => {
    let finish = (): void => {};
    await using slow = await api((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      response.write('one\n');
      finish = () => response.end('two\n');
    });
    await using behind = await aBroker({ origin: slow.origin, keys });
    const answer = await behind.ask('/v1/log');
    const reader = answer.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one\n');
    finish();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two\n');
  });

  it('ends at Cast AI, too, when the program gives up', async () => {
    const { promise: givenUp, resolve } = Promise.withResolvers<void>();
    await using mute = await api((request, response) => {
      request.once('close', () => resolve());
      response.writeHead(200).write('x');
    });
    await using behind = await aBroker({ origin: mute.origin, keys });
    const controller = new AbortController();
    const answer = await behind.ask('/v1/log', { signal: controller.signal });
    controller.abort();
    await expect(answer.text()).rejects.toThrow();
    await givenUp;
  });

  it('breaks off where the answer does', async () => {
    await using broken = await api((request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half', () => request.socket.destroy());
    });
    await using behind = await aBroker({ origin: broken.origin, keys });
    const answer = await behind.ask('/v1/log');
    await expect(answer.text()).rejects.toThrow();
  });
});

describe('what comes back', () => {
  it('has no key in it, whoever’s it is, packed or not, and no cookie', async () => {
    const said = `${keys.reader.reveal()} and ${aKey('x').reveal()}`;
    await using telltale = await api((request, response) => {
      const packed = request.url === '/v1/packed';
      const body = packed ? gzipSync(said) : Buffer.from(said);
      response.writeHead(200, {
        'Content-Length': String(body.length),
        'Set-Cookie': 'session=x',
        'X-Debug': `sent ${keys.reader.reveal()}`,
        ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
      });
      response.end(body);
    });
    await using behind = await aBroker({ origin: telltale.origin, keys });
    for (const path of ['/v1/plain', '/v1/packed']) {
      const answer = await behind.ask(path);
      expect(await answer.text()).toBe(`castai_v1_${'*'.repeat(73)} and castai_v1_${'*'.repeat(73)}`);
      expect(answer.headers.get('x-debug')).toBe(`sent castai_v1_${'*'.repeat(73)}`);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('leads back to the broker where it leads on', async () => {
    await using moving = await api((request, response) => {
      const to =
        request.url === '/v1/here' ? `${moving.origin}/v1/there` : 'https://elsewhere.example/v1/there';
      response.writeHead(302, { Location: to }).end();
    });
    await using behind = await aBroker({ origin: moving.origin, keys });
    expect((await behind.ask('/v1/here')).headers.get('location')).toBe(`${behind.broker.url}/v1/there`);
    expect((await behind.ask('/v1/away')).headers.get('location')).toBe('https://elsewhere.example/v1/there');
  });

  it('has no credential in any field: not of a webhook, and not of a person', async () => {
    await using practice = {
      server: await startPractice(),
      [Symbol.asyncDispose]: () => practice.server.close(),
    };
    const { url, keys: practiceKeys } = practice.server;
    await using behind = await aBroker({
      origin: url,
      keys: { reader: practiceKeys.member },
      policy: { scopes: ['read:*', 'write:*'] },
    });
    const webhook = {
      name: 'ops',
      callbackUrl: 'https://example.test/hook',
      severityTriggers: ['CRITICAL'],
      includeClusterless: true,
      requestTemplate: '{"id":"{{ .NotificationID }}"}',
      authKeys: { 'X-Webhook-Token': 'the webhook secret' },
    };
    const path = '/v1/notifications/webhook-configurations';
    const headers = { 'Content-Type': 'application/json' };
    const created = await behind.ask(path, { method: 'POST', headers, body: JSON.stringify(webhook) });
    expect(created.status).toBe(200);
    const shown = (await created.json()) as { id: string };
    const hidden = { 'X-Webhook-Token': '(hidden by castkeys)' };
    expect(shown).toMatchObject({ ...webhook, authKeys: hidden });
    const listed = await (await behind.ask(path)).text();
    expect(listed).toContain('(hidden by castkeys)');
    expect(listed).not.toContain('the webhook secret');

    // Written back as it was read, it would destroy the secret.
    const change = (body: string) => behind.ask(`${path}/${shown.id}`, { method: 'PUT', headers, body });
    const back = JSON.stringify({ ...webhook, authKeys: hidden });
    for (const body of [back, back.replace('(hidden', '\\u0028hidden')]) {
      const refused = await change(body);
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ castkeys: { refused: 'masked-value' } });
    }
    expect((await change(JSON.stringify({ ...webhook, name: 'renamed' }))).status).toBe(200);
    const stored = await fetch(`${url}${path}/${shown.id}`, {
      headers: { 'X-API-Key': practiceKeys.member.reveal() },
    });
    expect(await stored.json()).toMatchObject({ name: 'renamed', authKeys: webhook.authKeys });
  });

  it('is not passed on where it may hold a credential and can not be looked through', async () => {
    await using odd = await api((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' }).end('readmeIoJwt=secret');
    });
    await using behind = await aBroker({ origin: odd.origin, keys });
    const answer = await behind.ask('/v1/me');
    expect(answer.status).toBe(502);
    expect(await answer.text()).not.toContain('secret');
  });

  it.each([
    ['/v1/me', 401, '<html>401 Authorization Required</html>'],
    ['/v1/log', 500, ''],
    ['/v1/me', 204, ''],
  ])('is passed on where it is no success either: %s %i', async (path, status, body) => {
    await using failing = await api((_, response) => {
      response
        .writeHead(status, { 'Content-Type': 'text/html', 'X-Castai-Request-Id': 'r1' })
        .end(body || undefined);
    });
    await using behind = await aBroker({ origin: failing.origin, keys });
    const answer = await behind.ask(path);
    expect([answer.status, await answer.text()]).toEqual([status, body]);
    expect(answer.headers.get('x-castai-request-id')).toBe('r1');
  });

  it('has no body for HEAD, and its length all the same', async () => {
    await using plain = await api((_, response) => response.writeHead(200, { 'Content-Length': '17' }).end());
    await using behind = await aBroker({ origin: plain.origin, keys });
    const answer = await behind.ask('/v1/me', { method: 'HEAD' });
    expect(answer.headers.get('content-length')).toBe('17');
  });
});

describe('an API that can not be reached', () => {
  const refusalOf = async (answer: Response) => ({
    status: answer.status,
    body: (await answer.json()) as { message: string },
  });

  it('is named where nothing listens', async () => {
    const gone = await api(() => {});
    await gone[Symbol.asyncDispose]();
    await using behind = await aBroker({ origin: gone.origin, keys });
    const { status, body } = await refusalOf(await behind.ask('/v1/regions'));
    expect(status).toBe(502);
    expect(body).toMatchObject({
      message: expect.stringMatching(
        /^castkeys: 127\.0\.0\.1:\d+ refused the connection\. Nothing was changed\. \(next: castkeys doctor\)$/,
      ),
      fieldViolations: [],
      castkeys: { refused: 'unreachable' },
    });
  });

  it('is given up where it is too slow, and a write may have been carried out', async () => {
    await using mute = await api(() => {});
    await using behind = await aBroker({
      origin: mute.origin,
      keys,
      policy: { scopes: ['write:*'] },
      options: { upstream: { answerMs: 50 } },
    });
    const { status, body } = await refusalOf(await behind.ask('/v1/x', { method: 'POST', body: '{}' }));
    expect([status, body.message]).toEqual([
      504,
      expect.stringMatching(/did not answer in time\. It may have been carried out/),
    ]);
  });

  it('is not talked to where its certificate is wrong, whatever the environment says', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      let asked = 0;
      const count = () => {
        asked += 1;
      };
      const [stranger, elsewhere] = [aCertificate('IP:127.0.0.1'), aCertificate('DNS:api.example')];
      await using untrusted = await api(count, stranger);
      await using misnamed = await api(count, elsewhere);
      for (const { origin, ca } of [
        { origin: untrusted.origin, ca: elsewhere.cert },
        { origin: misnamed.origin, ca: elsewhere.cert },
      ]) {
        await using behind = await aBroker({ origin, keys, options: { upstream: { ca } } });
        const { status, body } = await refusalOf(await behind.ask('/v1/regions'));
        expect([status, body.message]).toEqual([
          502,
          expect.stringMatching(/no trusted connection.*Nothing was changed/),
        ]);
      }
      expect(asked).toBe(0);
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });

  it('is talked to over TLS that is as it should be', async () => {
    const certificate = aCertificate('IP:127.0.0.1');
    await using safe = await api(
      (request, response) => response.end(request.headers['x-api-key']?.slice(0, 10)),
      certificate,
    );
    await using behind = await aBroker({
      origin: safe.origin,
      keys,
      options: { upstream: { ca: certificate.cert } },
    });
    for (const _ of [1, 2, 3]) expect(await (await behind.ask('/v1/regions')).text()).toBe('castai_v1_');
    expect(safe.connections()).toBe(1);
  });

  it('that hangs up, or speaks something else, is named', async () => {
    await using rude = await api((request, _) => {
      if (request.url === '/v1/rude') request.socket.destroy();
      else request.socket.end('what?\r\n\r\n');
    });
    await using behind = await aBroker({ origin: rude.origin, keys });
    const answers = await Promise.all(
      ['/v1/rude', '/v1/odd'].map(async path => refusalOf(await behind.ask(path))),
    );
    expect(answers.map(({ status }) => status)).toEqual([502, 502]);
    expect(answers.map(({ body }) => body.message)).toEqual([
      expect.stringContaining('broke off'),
      expect.stringContaining('is not HTTP'),
    ]);
  });

  it('that closes a kept connection just when a request comes is asked again, if it is only read', async () => {
    let asked = 0;
    await using closing = await api((request, response) => {
      asked += 1;
      if (asked === 2) request.socket.destroy();
      else response.end('fine');
    });
    await using behind = await aBroker({ origin: closing.origin, keys });
    expect(await (await behind.ask('/v1/x')).text()).toBe('fine');
    expect(await (await behind.ask('/v1/x')).text()).toBe('fine');
    expect(asked).toBe(3);
  });
});

describe('a broker', () => {
  it('refuses in the words of the API, and counts what it refused', async () => {
    await using any = await api((_, response) => response.end('{}'));
    await using behind = await aBroker({ origin: any.origin, keys });
    for (const id of ['a', 'a', 'b']) {
      const answer = await behind.ask(`/v1/x/${id}?secret=1`, { method: 'DELETE' });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({
        message: expect.stringMatching(
          /^castkeys: The policy of dev allows read:\*, and DELETE \/v1\/x\/\w is more\..*next: /,
        ),
        fieldViolations: [],
        castkeys: { refused: 'scope', next: expect.stringContaining('castkeys profiles edit dev') },
      });
    }
    expect(behind.broker.summary()).toMatchObject({
      forwarded: 0,
      refused: 3,
      refusals: [
        { code: 'scope', method: 'DELETE', path: '/v1/x/a', count: 2 },
        { code: 'scope', method: 'DELETE', path: '/v1/x/b', count: 1 },
      ],
    });
  });

  it('keeps a connection after an answer, and ends it where a body was left unread', async () => {
    await using any = await api((_, response) => response.end('{}'));
    await using behind = await aBroker({ origin: any.origin, keys });
    const { hostname, port } = new URL(behind.broker.url);
    const refused = httpRequest({
      hostname,
      port,
      method: 'POST',
      path: '/v1/x',
      headers: { 'X-API-Key': behind.token(), 'Content-Length': '100' },
    });
    refused.on('error', () => {});
    refused.flushHeaders();
    const [answer] = await once(refused, 'response');
    expect(answer.headers.connection).toBe('close');
    expect(await text(answer)).toContain('scope');
  });

  it('does not start on a port that is taken', async () => {
    await using any = await api(() => {});
    const port = Number(new URL(any.origin).port);
    await expect(aBroker({ origin: any.origin, keys, options: { port } })).rejects.toMatchObject({
      code: 'port-taken',
      next: expect.stringContaining('--port'),
    });
  });
});

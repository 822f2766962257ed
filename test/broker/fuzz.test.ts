import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aKey } from '../support/install.ts';
import { aBroker, type Behind } from './support/behind.ts';
import { lenientSegments } from './support/lenient.ts';
import { type RawApi, rawApi } from './support/raw-api.ts';
import { sendRaw, statusOf } from './support/wire.ts';

const own = '11111111-2222-4333-8444-555555555555';
const other = '99999999-2222-4333-8444-555555555555';
const key = aKey('k');

/** Writes a request byte by byte as one wants it; the server ends the connection after it. */
const http = (line: string, headers: readonly string[], body = ''): string =>
  [line, ...headers, 'Connection: close', '', body].join('\r\n');

describe('bytes that are sent to a broker', () => {
  let api: RawApi;
  let behind: Behind;
  beforeAll(async () => {
    api = await rawApi();
    behind = await aBroker({
      origin: api.url,
      keys: { reader: key },
      policy: { scopes: ['read:*', 'write:limited'], clusters: [own] },
    });
  });
  afterAll(async () => {
    await behind[Symbol.asyncDispose]();
    await api[Symbol.asyncDispose]();
  });

  const host = () => `Host: ${new URL(behind.broker.url).host}`;
  const token = () => `X-API-Key: ${behind.token()}`;
  const send = (line: string, more: readonly string[] = [], body = '') =>
    sendRaw(behind.broker.url, http(line, [host(), token(), ...more], body));
  const passed = async (sending: () => Promise<string>) => {
    const before = api.arrived.length;
    const status = statusOf(await sending());
    return { status, passed: api.arrived.length - before };
  };

  it('pass where they are a plain request, with the key and without the token', async () => {
    const { status } = await passed(() =>
      send('GET /v1/regions?a=b HTTP/1.1', ['Cookie: a=b', 'Accept: application/json']),
    );
    expect(status).toBe(200);
    const { line, headers } = api.arrived.at(-1) ?? { line: '', headers: [] };
    expect(line).toBe('GET /v1/regions?a=b HTTP/1.1');
    const names = headers.map(([name]) => name.toLowerCase());
    expect(names.toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'x-api-key']);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-api-key': key.reveal(),
      Host: new URL(api.url).host,
    });
    expect(JSON.stringify(headers)).not.toContain(behind.token());
  });

  it.each([
    ['an absolute target', 'GET http://api.cast.ai/v1/regions HTTP/1.1', []],
    ['an absolute target with our own host', 'GET http://127.0.0.1/v1/regions HTTP/1.1', []],
    ['CONNECT', 'CONNECT api.cast.ai:443 HTTP/1.1', []],
    ['an upgrade', 'GET /v1/regions HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket']],
    [
      'an upgrade to HTTP/2',
      'GET /v1/regions HTTP/1.1',
      ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'],
    ],
    ['HTTP/2 without asking', 'PRI * HTTP/2.0', []],
    ['two lengths', 'POST /v1/kubernetes/clusters/x HTTP/1.1', ['Content-Length: 2', 'Content-Length: 3']],
    [
      'a length and chunks',
      `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`,
      ['Content-Length: 2', 'Transfer-Encoding: chunked'],
    ],
    [
      'chunks by another name',
      `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`,
      ['Transfer-Encoding: xchunked'],
    ],
    [
      'chunks of chunks',
      `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`,
      ['Transfer-Encoding: chunked, chunked'],
    ],
    [
      'chunks that are none',
      `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`,
      ['Transfer-Encoding: identity'],
    ],
    ['a length with a sign', `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`, ['Content-Length: +2']],
    ['a length below zero', `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`, ['Content-Length: -2']],
    ['a body where none belongs', 'GET /v1/regions HTTP/1.1', ['Content-Length: 2']],
    [
      'a method to be taken for another',
      `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`,
      ['X-HTTP-Method-Override: DELETE'],
    ],
    [
      'the same, called otherwise',
      `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`,
      ['X-Method-Override: DELETE'],
    ],
    [
      'the same, and otherwise again',
      `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`,
      ['X-HTTP-Method: DELETE'],
    ],
    ['the same, as a parameter', `POST /v1/kubernetes/clusters/${own}/policies?_method=DELETE HTTP/1.1`, []],
    ['a path to be taken for another', 'GET /v1/regions HTTP/1.1', ['X-Original-URL: /v1/agent.yaml']],
    [
      'a header folded over lines',
      'GET /v1/regions HTTP/1.1',
      ['X-Folded: a', ' X-HTTP-Method-Override: DELETE'],
    ],
    ['a header with a space before its colon', 'GET /v1/regions HTTP/1.1', ['Transfer-Encoding : chunked']],
    ['a write somewhere else', 'DELETE /v1/rebalancing-schedules/x HTTP/1.1', []],
    ['a write to another cluster', `PUT /v1/kubernetes/clusters/${other}/policies HTTP/1.1`, []],
    [
      'a write to another cluster, written so',
      `PUT /v1/kubernetes/clusters/${own}/%2e%2e/${other}/policies HTTP/1.1`,
      [],
    ],
    ['a method nobody knows', 'FROB /v1/regions HTTP/1.1', []],
    ['a space in the path', 'GET /v1/re gions HTTP/1.1', []],
  ] as const)('do not pass where they are %s', async (_, line, headers) => {
    const { status, passed: count } = await passed(() => send(line, headers, 'x'));
    expect({ status, count }).toEqual({
      status: expect.toSatisfy(code => code === 400 || code === 403),
      count: 0,
    });
  });

  it.each([
    ['another name', () => ['Host: evil.example', token()]],
    ['another name with our port', () => [`Host: evil.example:${new URL(behind.broker.url).port}`, token()]],
    ['no port', () => ['Host: 127.0.0.1', token()]],
    ['two hosts', () => [host(), 'Host: evil.example', token()]],
    ['no host', () => [token()]],
    ['no token', () => [host()]],
    ['a wrong token', () => [host(), 'X-API-Key: castkeys_broker_x']],
    ['the key itself', () => [host(), `X-API-Key: ${key.reveal()}`]],
    ['a part of the token', () => [host(), token().slice(0, -1)]],
    ['two tokens, one of them right', () => [host(), token(), 'X-API-Key: x']],
    ['the token, and another as bearer', () => [host(), token(), 'Authorization: Bearer x']],
    [
      'the token in an address',
      () => [host(), `Authorization: Basic ${Buffer.from(`x:${behind.token()}`).toString('base64')}`],
    ],
  ] as const)('do not pass with %s, and the answer is 403', async (what, headers) => {
    const sending = () => sendRaw(behind.broker.url, http('GET /v1/regions HTTP/1.1', headers()));
    // Without any host, and with two, HTTP itself is broken.
    const status = ['no host', 'two hosts', 'two tokens, one of them right'].includes(what)
      ? expect.toBeOneOf([400, 403])
      : 403;
    expect(await passed(sending)).toEqual({ status, passed: 0 });
  });

  it('pass with the token as bearer', async () => {
    const headers = [host(), `authorization: bearer ${behind.token()}`];
    expect(await passed(() => sendRaw(behind.broker.url, http('GET /v1/regions HTTP/1.1', headers)))).toEqual(
      {
        status: 200,
        passed: 1,
      },
    );
  });

  it('pass as one request, never as two: what follows a body is no request of its own', async () => {
    const inner = `DELETE /v1/rebalancing-schedules/x HTTP/1.1\r\n${host()}\r\n\r\n`;
    const line = `POST /v1/kubernetes/clusters/${own}/policies HTTP/1.1`;
    const before = api.arrived.length;
    await send(line, [`Content-Length: ${inner.length}`], inner);
    await send(line, ['Transfer-Encoding: chunked'], `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`);
    await send(line, ['Content-Length: 4'], `{} \n${inner}`);
    const arrived = api.arrived.slice(before);
    expect(arrived.map(one => one.line)).toEqual([line, line, line]);
    expect(arrived.map(({ body }) => body.includes('DELETE'))).toEqual([true, true, false]);
  });

  it('never pass unless the policy allows them, however they are written', async () => {
    const word = fc.constantFrom(
      'v1',
      'kubernetes',
      'clusters',
      own,
      other,
      'token',
      'policies',
      'agent.yaml',
      'regions',
    );
    const separator = fc.constantFrom(
      '/',
      '/',
      '/',
      '//',
      '/../',
      '/%2e%2e/',
      '%2f',
      '%5c',
      '\\',
      ';/',
      '%252f',
      '/./',
      '%00',
      '\t',
      ' ',
    );
    const plain = fc.array(word, { minLength: 1, maxLength: 4 }).map(words => `/${words.join('/')}`);
    const odd = fc
      .array(fc.tuple(separator, word), { minLength: 1, maxLength: 6 })
      .map(parts => parts.flat().join(''));
    const path = fc.oneof(plain, odd);
    const target = fc.oneof(
      path,
      path.map(one => `/v1/kubernetes/clusters/${own}${one}`),
      path.map(one => `http://127.0.0.1${one}`),
    );
    const method = fc.constantFrom(
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'DELETE',
      'PATCH',
      'TRACE',
      'CONNECT',
      'OPTIONS',
      'post',
      'GET\t',
    );
    const header = fc.constantFrom(
      ...[
        'Content-Length: 4',
        'Content-Length: 0',
        'Content-Length: 4, 4',
        'Content-Length: 0x4',
        'Transfer-Encoding: chunked',
      ],
      ...[
        'Transfer-Encoding:\tchunked',
        'Transfer-Encoding: chunked\x0b',
        'Transfer-Encoding: gzip, chunked',
        'transfer-encoding: Chunked',
      ],
      ...[
        'X-HTTP-Method-Override: DELETE',
        'X-Http-Method: PUT',
        'Upgrade: websocket',
        'Expect: 100-continue',
        'Host: evil.example',
      ],
      ...[
        'X-Rewrite-Url: /v1/agent.yaml',
        'Connection: X-API-Key',
        'TE: trailers',
        'Range: bytes=0-1',
        'X-Forwarded-Host: evil.example',
      ],
    );
    const body = fc.constantFrom(
      '',
      '{}\r\n',
      '4\r\nabcd\r\n0\r\n\r\n',
      `0\r\n\r\nDELETE /v1/regions HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    const before = api.arrived.length;
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(
        method,
        target,
        fc.array(header, { maxLength: 3 }),
        body,
        async (verb, asked, headers, content) => {
          tried += 1;
          const from = api.arrived.length;
          await send(`${verb} ${asked} HTTP/1.1`, headers, content);
          const arrived = api.arrived.slice(from);
          expect(arrived.length).toBeLessThanOrEqual(1);
          for (const one of arrived) expectAllowed(one.line, one.headers);
        },
      ),
      { numRuns: 400 },
    );
    // Some have to pass, or this proves nothing.
    expect(api.arrived.length - before).toBeGreaterThan(tried / 50);
  }, 120_000);

  function expectAllowed(line: string, headers: readonly (readonly [string, string])[]): void {
    const [verb = '', target = ''] = line.split(' ');
    const segments = lenientSegments(target);
    const names = headers.map(([name]) => name.toLowerCase());
    expect(headers.filter(([name]) => /^x-api-key$/i.test(name))).toEqual([['x-api-key', key.reveal()]]);
    expect(names.filter(name => /method|rewrite|upgrade|forwarded|^te$/.test(name))).toEqual([]);
    expect(
      names.filter(name => /^(content-length|transfer-encoding)$/.test(name)).length,
    ).toBeLessThanOrEqual(1);
    expect(['token', 'agent.yaml']).not.toContain(segments.at(-1));
    if (verb === 'GET' || verb === 'HEAD') return;
    expect(['POST', 'PUT', 'PATCH', 'DELETE']).toContain(verb);
    const named = segments.flatMap((segment, at) => (segment === 'clusters' ? [segments[at + 1]] : []));
    expect(new Set(named)).toEqual(new Set([own]));
  }
});

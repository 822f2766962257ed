import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type CastaiClient, verifyKey } from '../../source/castai/castai.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { clientOf, madeUpKey } from './support/client.ts';
import { listeningOrigin } from './support/listening.ts';
import { type Answer, hangUp, hangUpAfter, json, raw, serve, silence } from './support/odd-server.ts';

const key = madeUpKey();
const created = madeUpKey('b');
const plain = 'an-older-key-without-a-prefix';

/** Everything an error could be turned into, with all that hangs on it. */
function everythingIn(thrown: unknown): string {
  const seen: string[] = [];
  for (let error: unknown = thrown, depth = 0; error !== undefined && depth < 10; depth += 1) {
    seen.push(String(error), inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error));
    if (!(error instanceof Error)) break;
    seen.push(error.message, error.stack ?? '', JSON.stringify(error, Object.getOwnPropertyNames(error)));
    error = error.cause;
  }
  return seen.join('\n');
}

/** What a call throws or, where it succeeds, gives: neither may show a key. */
async function comesOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (thrown) {
    return thrown;
  }
}

const calls: readonly ((client: CastaiClient) => Promise<unknown>)[] = [
  client => client.me(),
  client => client.tokens.list({ userId: key }),
  client => client.tokens.get(key),
  client => client.tokens.create({ name: key, readonly: true }),
  client => client.serviceAccounts.keys('sa').create({ name: 'n' }),
  client => client.tokens.delete('k'),
];

const echo = `the key was ${key.slice(0, 20)}\u200b${key.slice(20)} or ${plain}, here is ${created}`;

const answers: readonly [string, Answer][] = [
  [
    'an error that quotes the key',
    json(401, { message: echo, fieldViolations: [{ field: key, description: echo }] }),
  ],
  ['an error that quotes it where it is cut', json(400, { message: `${'x'.repeat(190)}${key}` })],
  ['a page that quotes it', raw(500, `<html>${echo}</html>`)],
  ['a request id that quotes it', json(403, { message: 'no' }, { 'x-castai-request-id': `${key} ${plain}` })],
  ['a redirect that quotes it', raw(302, '', { location: `https://${created}.example/${key}` })],
  [
    'an answer of another form',
    json(200, { id: [key], token: { value: created }, name: 4, items: [{ id: created }] }),
  ],
  ['a creation with an id that is none', json(201, { id: `${created}\n`, token: created })],
  ['half a creation', raw(201, `{"id": "k", "token": "${created}`)],
  ['a creation that breaks off', hangUpAfter(201, `{"id": "k", "token": "${created}`)],
  ['no answer', hangUp],
  ['silence', silence],
];

describe('no error holds a key', () => {
  it.each(answers)('not after %s', async (_what, answer) => {
    for (const value of [key, plain]) {
      for (const call of calls) {
        await using server = await serve(answer);
        const { client } = clientOf(server.origin, { secret: new Secret(value), timeoutMs: 40, retries: 0 });
        const text = everythingIn(await comesOf(() => call(client)));
        expect(text).not.toContain('aaaa');
        expect(text).not.toContain('bbbb');
        expect(text).not.toContain(value);
      }
    }
  });

  it('not when what answers is no HTTP', async () => {
    const server = createServer(socket => socket.end(`${key}\r\n${plain}\r\n\r\n`));
    const { client } = clientOf(await listeningOrigin(server), { secret: new Secret(plain), retries: 0 });
    const text = everythingIn(await comesOf(() => client.me()));
    server.close();
    expect(text).toContain('not HTTP');
    expect(text).not.toMatch(/aaaa|an-older-key/);
  });

  it('not when fetch itself quotes it', async () => {
    const cause = Object.assign(new Error(key), { code: key, data: key, errors: [key] });
    const quoting: typeof fetch = () => Promise.reject(new TypeError(`bad ${key}`, { cause }));
    const { client } = clientOf('https://api.cast.ai', { fetch: quoting });
    expect(everythingIn(await comesOf(() => client.me()))).not.toContain('aaaa');
  });

  it.each([
    ['a newline', `${key}\n${key}`],
    ['a NUL', `${key}\0`],
    ['a letter outside Latin-1', `${key}Ā`],
    ['a letter of Latin-1', `${key}é`],
    ['a space', `${key} x`],
    ['nothing at all', ''],
  ])('not when it holds %s, which is found out before anything is sent', async (_what, value) => {
    await using server = await serve(json(200, {}));
    const { client } = clientOf(server.origin, { secret: new Secret(value) });
    const error = await comesOf(() => client.me());
    expect(error).toMatchObject({ kind: 'unsendable', code: 'usage', mayHaveHappened: false });
    expect(everythingIn(error)).not.toContain('aaaa');
    expect(server.seen).toHaveLength(0);
    expect(await verifyKey(client)).toMatchObject({ outcome: 'unknown' });
  });

  it('nor does the client, or what it makes', async () => {
    await using server = await serve(json(201, { id: 'k', name: created, token: created }));
    const { client } = clientOf(server.origin);
    const made = await client.tokens.create({ name: 'n', readonly: false });
    expect(everythingIn(client) + everythingIn(made)).not.toMatch(/aaaa|bbbb/);
    expect(made.token.reveal()).toBe(created);
  });
});

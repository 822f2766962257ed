import { describe, expect, it } from 'vitest';
import { castaiClient } from '../../source/castai/castai.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { clientOf, failureOf, madeUpKey } from './support/client.ts';
import { hangUp, hangUpAfter, json, refused, serve, silence } from './support/odd-server.ts';

const token = { id: 'key-1', name: 'ci', active: true };

describe('a request that may be repeated', () => {
  it('is, after a pause request with the pause it asks for', async () => {
    await using server = await serve(
      refused(429, 'slow down', { 'retry-after': '2' }),
      json(200, { items: [token] }),
    );
    const { client, pauses } = clientOf(server.origin);
    expect(await client.tokens.list()).toHaveLength(1);
    expect(pauses).toEqual([2_250]);
  });

  it('counts a date in Retry-After from the server’s own clock', async () => {
    const headers = { date: 'Mon, 05 Jan 2032 10:00:00 GMT', 'retry-after': 'Mon, 05 Jan 2032 10:00:07 GMT' };
    await using server = await serve(refused(503, 'later', headers), json(200, { items: [] }));
    const { client, pauses } = clientOf(server.origin);
    await client.tokens.list();
    expect(pauses).toEqual([7_250]);
  });

  it('is, after growing pauses with full jitter, until it has been enough', async () => {
    await using server = await serve(refused(500, 'oops'));
    const { client, pauses } = clientOf(server.origin);
    await failureOf(client.me());
    expect(pauses).toEqual([250, 500, 1_000]);
    expect(server.seen).toHaveLength(4);
    const lucky = clientOf(server.origin, { random: () => 0 });
    await failureOf(lucky.client.me());
    expect(lucky.pauses).toEqual([0, 0, 0]);
  });

  it('is given up when the server asks for more patience than there is', async () => {
    await using server = await serve(refused(429, 'slow down', { 'retry-after': '3600' }));
    const { client, pauses } = clientOf(server.origin);
    const error = await failureOf(client.me());
    expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 3_600_000 });
    expect(error.message).toContain('a pause of 3600 s');
    expect(pauses).toEqual([]);
  });

  it.each([
    ['no answer at all', hangUp],
    ['half an answer', hangUpAfter(200, '{"items": [')],
    ['a server error', refused(502, 'bad gateway')],
  ])('is, after %s', async (_what, answer) => {
    await using server = await serve(answer, json(200, token));
    await clientOf(server.origin).client.tokens.setActive('key-1', false);
    expect(server.seen.map(({ method, body }) => ({ method, body }))).toEqual(
      Array(2).fill({ method: 'POST', body: { active: false } }),
    );
  });

  it.each([400, 401, 403, 404, 409])('is not repeated after %i', async status => {
    await using server = await serve(refused(status, 'no'));
    await failureOf(clientOf(server.origin).client.tokens.delete('key-1'));
    expect(server.seen).toHaveLength(1);
  });

  it('stays uncertain when one of its tries got lost', async () => {
    await using server = await serve(hangUp, refused(404, 'Not Found'));
    const error = await failureOf(clientOf(server.origin).client.tokens.delete('key-1'));
    expect(error).toMatchObject({ kind: 'not-found', mayHaveHappened: true });
  });
});

describe('a creation', () => {
  it.each([
    ['no answer at all', hangUp, 'unreachable'],
    ['half an answer', hangUpAfter(201, '{"id": "k", "tok'), 'unreachable'],
    ['a server error', refused(500, 'oops'), 'server'],
  ])('is never sent twice: after %s it may have happened', async (_what, answer, kind) => {
    await using server = await serve(answer);
    const error = await failureOf(
      clientOf(server.origin).client.tokens.create({ name: 'ci', readonly: true }),
    );
    expect(error).toMatchObject({ kind, mayHaveHappened: true });
    expect(server.seen).toHaveLength(1);
  });

  it('is not repeated after a refusal either, which changed nothing', async () => {
    await using server = await serve(refused(429, 'slow down', { 'retry-after': '1' }));
    const error = await failureOf(
      clientOf(server.origin).client.tokens.create({ name: 'ci', readonly: true }),
    );
    expect(error).toMatchObject({ kind: 'rate-limited', mayHaveHappened: false });
    expect(server.seen).toHaveLength(1);
  });

  it('is repeated while nobody listens, for then nothing was sent', async () => {
    const server = await serve(json(200, token));
    await server[Symbol.asyncDispose]();
    const { client, pauses } = clientOf(server.origin);
    const error = await failureOf(client.tokens.create({ name: 'ci', readonly: true }));
    expect(error).toMatchObject({ kind: 'unreachable', trouble: 'refused', mayHaveHappened: false });
    expect(pauses).toHaveLength(3);
  });
});

describe('time', () => {
  it('is limited for each try', async () => {
    await using server = await serve(silence);
    const error = await failureOf(clientOf(server.origin, { timeoutMs: 30, retries: 1 }).client.me());
    expect(error).toMatchObject({ kind: 'unreachable', trouble: 'timeout', detail: 'not within 0.03 s' });
    expect(server.seen).toHaveLength(2);
  });

  it('is limited for a body that never ends', async () => {
    await using server = await serve((_request, response) => response.writeHead(200).write('{'));
    const error = await failureOf(clientOf(server.origin, { timeoutMs: 30, retries: 0 }).client.me());
    expect(error).toMatchObject({ kind: 'unreachable', trouble: 'timeout' });
  });

  it('is limited for everything together, and the last real failure is told', async () => {
    await using server = await serve(refused(503, 'later', { 'retry-after': '5' }));
    const { client, pauses } = clientOf(server.origin);
    const error = await failureOf(client.limitedTo({ totalMs: 1_000 }).me());
    expect(error).toMatchObject({ kind: 'server', detail: 'later' });
    expect(pauses).toEqual([]);
    const late = await failureOf(client.limitedTo({ totalMs: 0 }).me());
    expect(late).toMatchObject({ kind: 'unreachable', trouble: 'timeout', mayHaveHappened: false });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a call that is cancelled', () => {
  it('ends at once while it waits for an answer', async () => {
    const controller = new AbortController();
    await using server = await serve(() => controller.abort());
    const call = clientOf(server.origin, { signal: controller.signal }).client.tokens.create({
      name: 'ci',
      readonly: true,
    });
    expect(await failureOf(call)).toMatchObject({
      kind: 'cancelled',
      code: 'cancelled',
      exitCode: 130,
      mayHaveHappened: true,
    });
  });

  it('ends at once while it pauses', async () => {
    const controller = new AbortController();
    await using server = await serve((request, response) => {
      refused(503, 'later', { 'retry-after': '20' })(request, response);
      response.once('finish', () => setImmediate(() => controller.abort()));
    });
    const client = castaiClient({ origin: server.origin, secret: new Secret(madeUpKey()) });
    const call = client.limitedTo({ signal: controller.signal }).me();
    expect(await failureOf(call)).toMatchObject({ kind: 'cancelled' });
    expect(server.seen).toHaveLength(1);
  });

  it('is never begun when it was cancelled before', async () => {
    await using server = await serve(json(200, {}));
    const { client } = clientOf(server.origin, { signal: AbortSignal.abort() });
    expect(await failureOf(client.me())).toMatchObject({ kind: 'cancelled', mayHaveHappened: false });
    expect(server.seen).toHaveLength(0);
  });
});

import { describe, expect, it } from 'vitest';
import { verifyKey } from '../../source/castai/castai.ts';
import { castai, forbidden, organizations, person, verdictFrom } from './support/castai.ts';
import { clientOf } from './support/client.ts';
import { hangUp, json, page, raw, refused, serve, silence } from './support/odd-server.ts';

describe('a key is valid', () => {
  it('when Cast AI says whose it is', async () => {
    expect(await verdictFrom({ '/v1/me': person, '/v1/organizations': organizations })).toEqual({
      outcome: 'valid',
      identity: { id: 'u1', name: 'Ann', email: 'ann@x.example', kind: 'unknown' },
      organizations: [
        { id: 'o1', name: 'Practice' },
        { id: 'o2', name: 'Other' },
      ],
      organizationsKnown: true,
      serverTimeSkewMs: expect.any(Number),
    });
  });

  it.each([
    ['forbids', forbidden],
    ['fails', refused(500, 'oops')],
    ['does not understand', page(200)],
  ])('even if Cast AI %s the question for its organizations', async (_what, answer) => {
    const verdict = await verdictFrom({ '/v1/me': person, '/v1/organizations': answer });
    expect(verdict).toMatchObject({ outcome: 'valid', organizations: [], organizationsKnown: false });
  });

  it('and restricted, when it is known but may not ask', async () => {
    const verdict = await verdictFrom({ '/v1/me': forbidden, '/v1/organizations': organizations });
    expect(verdict).toMatchObject({
      outcome: 'valid',
      restricted: true,
      organizationsKnown: true,
      identity: { kind: 'unknown' },
    });
  });

  it('when nothing is said of its owner, but of its organizations', async () => {
    const verdict = await verdictFrom({ '/v1/me': json(200, {}), '/v1/organizations': organizations });
    expect(verdict).toMatchObject({
      outcome: 'valid',
      identity: { kind: 'unknown' },
      organizationsKnown: true,
    });
    expect(verdict).not.toHaveProperty('restricted');
  });
});

describe('a key is invalid', () => {
  it.each([
    ['JSON', refused(401, 'unauthorized', { 'x-castai-request-id': 'req-9' })],
    ['a page', page(401)],
    ['nothing', raw(401, '')],
  ])('on a 401, and on nothing else: %s', async (_what, answer) => {
    const verdict = await verdictFrom({ '/v1/me': answer });
    expect(verdict).toMatchObject({
      outcome: 'invalid',
      reason: expect.stringContaining('does not accept this key'),
    });
  });

  it('with the request id to ask about', async () => {
    const verdict = await verdictFrom({ '/v1/me': refused(401, 'no', { 'x-castai-request-id': 'req-9' }) });
    expect(verdict).toMatchObject({ outcome: 'invalid', requestId: 'req-9' });
  });
});

describe('nothing is known of a key', () => {
  it.each([
    ['it is not found', refused(404, 'Not Found'), 'not-found'],
    ['Cast AI fails', refused(500, 'oops'), 'server'],
    ['Cast AI wants a pause', refused(429, 'slow down'), 'rate-limited'],
    ['the line is dead', hangUp, 'unreachable'],
    ['a portal wants a login', page(200), 'unintelligible'],
    ['a portal redirects', raw(302, '', { location: 'http://portal.example' }), 'unintelligible'],
    ['the answer is cut off', raw(200, '{"id": "u1'), 'unintelligible'],
    ['a firewall forbids it on a page of its own', page(403), 'forbidden'],
  ])('when %s', async (_what, answer, kind) => {
    const verdict = await verdictFrom({ '/v1/me': answer });
    expect(verdict).toMatchObject({ outcome: 'unknown', error: { kind }, reason: expect.any(String) });
  });

  it('when an answer with nothing in it is all there is', async () => {
    const verdict = await verdictFrom({ '/v1/me': json(200, { ok: true }), '/v1/organizations': page(200) });
    expect(verdict).toMatchObject({ outcome: 'unknown', error: { kind: 'unintelligible' } });
  });

  it('when one call takes it and the next does not', async () => {
    const verdict = await verdictFrom({ '/v1/me': person, '/v1/organizations': refused(401, 'no') });
    expect(verdict).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('the next did not'),
    });
  });

  it('when time is up', async () => {
    const verdict = await verdictFrom({ '/v1/me': silence }, 50);
    expect(verdict).toMatchObject({ outcome: 'unknown', error: { kind: 'unreachable', trouble: 'timeout' } });
  });
});

describe('the clock', () => {
  it.each([
    ['ten minutes ahead', 10 * 60_000],
    ['ten minutes behind', -10 * 60_000],
  ])('that is %s of Cast AI’s shows', async (_what, aheadMs) => {
    await using server = await castai({ '/v1/me': person });
    const { client } = clientOf(server.origin, { now: () => Date.now() + aheadMs });
    const verdict = await verifyKey(client);
    if (verdict.outcome !== 'valid') throw new Error('not valid');
    expect(Math.abs((verdict.serverTimeSkewMs ?? 0) - aheadMs)).toBeLessThan(2_000);
    expect(Math.abs((client.clockSkewMs() ?? 0) - aheadMs)).toBeLessThan(2_000);
  });

  it('is not judged by the date of an answer from a cache', async () => {
    await using server = await castai({
      '/v1/me': json(200, { id: 'u1' }, { age: '600' }),
      '/v1/organizations': raw(200, '{}', { age: '3' }),
    });
    const verdict = await verifyKey(clientOf(server.origin).client, { identify: false });
    expect(verdict).not.toHaveProperty('serverTimeSkewMs');
  });
});

describe('a question that is cancelled', () => {
  it('is no verdict', async () => {
    const controller = new AbortController();
    await using server = await serve(() => controller.abort());
    const { client } = clientOf(server.origin, { signal: controller.signal });
    await expect(verifyKey(client)).rejects.toMatchObject({ code: 'cancelled', exitCode: 130 });
  });
});

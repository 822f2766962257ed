import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { clientOf, failureOf } from './support/client.ts';
import { hangUpAfter, json, page, raw, refused, serve } from './support/odd-server.ts';

describe('what Cast AI refuses', () => {
  it.each([
    [401, 'unauthorized', 'key-invalid', 5],
    [403, 'forbidden', 'key-forbidden', 5],
    [404, 'not-found', 'failed', 1],
    [400, 'rejected', 'failed', 1],
    [409, 'rejected', 'failed', 1],
    [422, 'rejected', 'failed', 1],
    [429, 'rate-limited', 'unreachable', 6],
    [500, 'server', 'unreachable', 6],
    [503, 'server', 'unreachable', 6],
  ])('%i is %s, code %s, exit %i, as JSON and as a page', async (status, kind, code, exitCode) => {
    for (const answer of [
      refused(status, 'no'),
      page(status),
      raw(status, ''),
      hangUpAfter(status, '{"mess'),
    ]) {
      await using server = await serve(answer);
      const error = await failureOf(clientOf(server.origin).client.me());
      expect(error).toMatchObject({
        kind,
        code,
        exitCode,
        status,
        method: 'GET',
        path: '/v1/me',
        mayHaveHappened: false,
      });
    }
  });

  it('is told with the request id that its support asks for', async () => {
    await using server = await serve(refused(401, 'unauthorized', { 'X-Castai-Request-Id': 'req-123' }));
    const error = await failureOf(clientOf(server.origin).client.me());
    expect(error.requestId).toBe('req-123');
    expect(error.message).toContain('request req-123');
  });

  it('names the fields that are wrong', async () => {
    const fieldViolations = [{ field: 'name', description: 'value is \x1b[31mrequired' }];
    await using server = await serve(json(400, { message: 'Bad Request', fieldViolations }));
    const error = await failureOf(clientOf(server.origin).client.tokens.create({ name: '', readonly: true }));
    expect(error.fieldViolations).toEqual([{ field: 'name', description: 'value is required' }]);
    expect(error.message).toContain('Bad Request; name: value is required');
    expect(error.mayHaveHappened).toBe(false);
  });

  it('never blames the key for a 404', async () => {
    await using server = await serve(json(404, { message: 'Not Found' }));
    const error = await failureOf(clientOf(server.origin).client.tokens.list());
    expect(error.message).toContain('says nothing about the key');
    expect(error.code).not.toBe('key-invalid');
  });

  it('shows the path, but no query', async () => {
    await using server = await serve(refused(403, 'Forbidden'));
    const error = await failureOf(
      clientOf(server.origin).client.roleBindings.list({ subjectId: 'person-9' }),
    );
    expect(error.message).toContain('GET /v1/organizations/org-1/role-bindings at 127.0.0.1');
    expect(error.message).not.toContain('person-9');
  });
});

describe('an answer that makes no sense', () => {
  it.each([
    ['a login page', page(200), 'web page'],
    ['nothing', raw(200, ''), 'empty'],
    ['no content', raw(204, ''), 'empty'],
    ['half of it', raw(200, '{"items": [{"id": "a'), 'cut off'],
    ['another form', json(200, { items: [{ name: 'no id' }] }), 'items.0.id'],
    ['an id that is none', json(200, { items: [{ id: 'a\nb' }] }), 'items.0.id'],
    [
      'a time that is none',
      json(200, { items: [{ id: 'a', lastUsedAt: 'yesterday' }] }),
      'items.0.lastUsedAt',
    ],
    ['a list where an object should be', json(200, []), 'not as documented'],
    ['something else entirely', json(200, { message: 'hello' }), 'not as documented'],
    ['text', json(200, 'hello'), 'it is not'],
    ['a strange status', raw(206, '{"items": []}'), '206'],
    ['a broken compression', raw(200, 'not gzip', { 'content-encoding': 'gzip' }), 'Z_DATA_ERROR'],
  ])('is unintelligible: %s', async (_what, answer, message) => {
    await using server = await serve(answer);
    const error = await failureOf(clientOf(server.origin).client.tokens.list());
    expect(error).toMatchObject({ kind: 'unintelligible', code: 'unintelligible', exitCode: 6 });
    expect(error.message).toContain(message);
    expect(server.seen).toHaveLength(1);
  });

  it('is not read to its end when it is huge, packed or not', async () => {
    const huge = `{"items": [], "padding": "${'x'.repeat(11 * 1024 * 1024)}"}`;
    for (const answer of [raw(200, huge), raw(200, gzipSync(huge), { 'content-encoding': 'gzip' })]) {
      await using server = await serve(answer);
      const error = await failureOf(clientOf(server.origin).client.tokens.list());
      expect(error).toMatchObject({ kind: 'unintelligible', detail: 'it is larger than 10 MB' });
    }
  });

  it('confirms no deletion', async () => {
    await using server = await serve(page(200));
    const error = await failureOf(clientOf(server.origin).client.tokens.delete('key-1'));
    expect(error).toMatchObject({ kind: 'unintelligible', mayHaveHappened: true });
  });

  it('to a creation leaves open whether the key exists', async () => {
    await using server = await serve(json(201, { id: 'k', name: 'n' }));
    const error = await failureOf(
      clientOf(server.origin).client.serviceAccounts.keys('sa').create({ name: 'n' }),
    );
    expect(error).toMatchObject({ kind: 'unintelligible', mayHaveHappened: true });
    expect(error.message).toContain('token is not');
    expect(error.message).toContain('may have been carried out');
  });
});

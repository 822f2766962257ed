import { describe, expect, it } from 'vitest';
import { clientOf, failureOf, madeUpKey } from './support/client.ts';
import { json, serve } from './support/odd-server.ts';

const account = (id: string) => ({ id, name: `account ${id}` });
const page = (cursor: string | null, ...ids: string[]) =>
  json(200, { serviceAccounts: ids.map(account), nextPage: { cursor, limit: '2' }, totalCount: '3' });

describe('a paged list', () => {
  it('is read to its end', async () => {
    await using server = await serve(page('next one', 'a', 'b'), page('', 'c'));
    const all = await clientOf(server.origin).client.serviceAccounts.list({ name: 'ci' });
    expect(all.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(server.seen.map(({ url }) => Object.fromEntries(url.searchParams))).toEqual([
      { serviceAccountName: 'ci', 'page.limit': '100' },
      { serviceAccountName: 'ci', 'page.limit': '100', 'page.cursor': 'next one' },
    ]);
  });

  it.each([
    ['a null cursor', page(null, 'a')],
    ['no next page', json(200, { serviceAccounts: [account('a')] })],
    ['a null next page', json(200, { serviceAccounts: [account('a')], nextPage: null })],
  ])('also ends with %s', async (_what, answer) => {
    await using server = await serve(answer);
    expect(await clientOf(server.origin).client.serviceAccounts.list()).toHaveLength(1);
  });

  it('is an error when its pages go in a circle', async () => {
    await using server = await serve(page('one', 'a'), page('two', 'b'), page('one', 'c'));
    const error = await failureOf(clientOf(server.origin).client.serviceAccounts.list());
    expect(error).toMatchObject({ kind: 'unintelligible', detail: 'its pages go in a circle' });
    expect(server.seen).toHaveLength(3);
  });

  it('is an error when it never ends', async () => {
    let pages = 0;
    await using server = await serve((request, response) => {
      pages += 1;
      page(`page ${pages}`, 'a')(request, response);
    });
    const error = await failureOf(clientOf(server.origin).client.serviceAccounts.list());
    expect(error).toMatchObject({ kind: 'unintelligible', detail: 'it has more than 200 pages' });
  });
});

describe('a list', () => {
  it.each([
    ['empty', { items: [] }],
    ['null', { items: null }],
    ['left out', {}],
    ['left out beside its count', { totalCount: '0', nextPage: { cursor: '' } }],
  ])('may be %s', async (_what, answer) => {
    await using server = await serve(json(200, answer));
    expect(await clientOf(server.origin).client.tokens.list()).toEqual([]);
  });

  it('is not taken for empty when something else stands in its place', async () => {
    await using server = await serve(json(200, { keys: [] }));
    expect((await failureOf(clientOf(server.origin).client.tokens.list())).kind).toBe('unintelligible');
  });
});

describe('what is in a list', () => {
  it('may be sparse, null, new or hostile', async () => {
    const long = 'n'.repeat(1_000);
    const items = [
      {
        id: 'a',
        name: '\x1b]0;owned\x07CI\u202e',
        createdAt: null,
        active: null,
        tokenPrefix: null,
        brandNew: { x: 1 },
      },
      {
        id: 'b',
        name: long,
        expiresAt: '2027-01-01T01:00:00.123456789+01:00',
        lastUsedAt: '0001-01-01T00:00:00Z',
      },
      { id: 'c', name: null, lastUsedAt: '', active: false, readonly: true },
    ];
    await using server = await serve(json(200, { items }));
    const [first, second, third] = await clientOf(server.origin).client.tokens.list();
    expect(first).toEqual({ id: 'a', name: 'CI' });
    expect(second).toEqual({ id: 'b', name: expect.any(String), expiresAt: '2027-01-01T00:00:00.123Z' });
    expect(second?.name).toHaveLength(200);
    expect(third).toEqual({ id: 'c', name: '', active: false, readonly: true });
  });

  it('is masked where somebody put a key into a name, even one split by what can’t be seen', async () => {
    const key = madeUpKey();
    const items = [{ id: 'a', name: `ci ${key.slice(0, 8)}\u200b${key.slice(8)}` }];
    await using server = await serve(json(200, { items }));
    expect(await clientOf(server.origin).client.tokens.list()).toEqual([
      { id: 'a', name: 'ci castai_v1_********' },
    ]);
  });

  it('never brings a value along, even if the server sends one', async () => {
    await using server = await serve(json(200, { items: [{ id: 'a', name: 'n', token: 'value' }] }));
    expect(JSON.stringify(await clientOf(server.origin).client.tokens.list())).not.toContain('value');
  });
});

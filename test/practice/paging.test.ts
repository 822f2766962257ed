import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type Answered, addAccount, ask, namesIn, pick, pickList, pickText } from './support/asking.ts';

let server: PracticeServer;
let accounts: string;
beforeAll(async () => {
  server = await startPractice();
  accounts = `/v1/organizations/${server.organizationId}/service-accounts`;
  for (const name of ['a', 'b', 'c', 'd']) await addAccount(server, `paged-${name}`);
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ pageCap: 500 }));

const asAdmin = (line: string): Promise<Answered> => ask(server, server.keys.admin, line);

describe('a list in pages', () => {
  it('comes by limit and cursor, numbers as strings, an empty cursor at the end', async () => {
    const first = await asAdmin(`GET ${accounts}?page.limit=3&serviceAccountName=paged`);
    expect(namesIn(first, 'serviceAccounts')).toEqual(['paged-a', 'paged-b', 'paged-c']);
    expect(first.json).toMatchObject({ totalCount: '4', nextPage: { limit: '3' } });
    const cursor = pickText(first, 'nextPage.cursor');
    expect(cursor).not.toBe('');
    const second = await asAdmin(`GET ${accounts}?page.limit=3&page.cursor=${cursor}`);
    expect(namesIn(second, 'serviceAccounts')).toEqual(['paged-d']);
    expect(second.json).toMatchObject({ nextPage: { cursor: '', limit: '3' } });
  });

  it('is cut at the cap, however much is asked for', async () => {
    server.control.behave({ pageCap: 2 });
    for (const query of ['', '?page.limit=500', '?page.limit=0']) {
      const answered = await asAdmin(`GET ${accounts}${query}`);
      expect(pickList(answered, 'serviceAccounts')).toHaveLength(2);
      expect(pick(answered, 'nextPage.limit')).toBe('2');
    }
  });

  it('goes on where it was when something was deleted meanwhile', async () => {
    const doomed = await addAccount(server, 'passing-a');
    await addAccount(server, 'passing-b');
    const first = await asAdmin(`GET ${accounts}?page.limit=1&serviceAccountName=passing`);
    const cursor = pickText(first, 'nextPage.cursor');
    await asAdmin(`DELETE ${accounts}/${doomed.id}`);
    const second = await asAdmin(`GET ${accounts}?page.limit=1&page.cursor=${cursor}`);
    expect(namesIn(second, 'serviceAccounts')).toEqual(['passing-b']);
  });

  it.each([
    ['page.limit', 'many'],
    ['page.limit', '-1'],
    ['page.cursor', 'made-up'],
  ])('refuses %s=%s with 400', async (field, value) => {
    const answered = await asAdmin(`GET ${accounts}?${field}=${value}`);
    expect(answered).toMatchObject({ status: 400, json: { fieldViolations: [{ field }] } });
  });
});

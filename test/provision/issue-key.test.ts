import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { castaiClient } from '../../source/castai/castai.ts';
import type { Install } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { readIntents } from '../../source/provision/intents.ts';
import { type IssueRequest, issueKey } from '../../source/provision/issue-key.ts';
import { installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

let server: PracticeServer;
let accountId: string;
beforeAll(async () => {
  server = await startPractice();
  const account = server.control.overview().serviceAccounts.find(({ name }) => name === 'practice-viewer');
  accountId = account?.id ?? '';
});
afterAll(() => server.close());

let directory: TemporaryDirectory;
let install: Install;
beforeEach(() => {
  directory = temporaryDirectory();
  install = installIn(directory.path, memoryKeychain());
  server.control.behave({ failures: [], listLagMs: 0 });
  return () => directory[Symbol.dispose]();
});

const request = (): IssueRequest => ({
  install,
  admin: castaiClient({
    origin: server.url,
    secret: server.keys.admin,
    authorization: 'x-api-key',
    retries: 0,
  }).inOrganization(server.organizationId),
  organizationId: server.organizationId,
  account: { id: accountId, name: 'practice-viewer' },
  namedAfter: 'castkeys/staging/reader',
  expiresInDays: 180,
});

const made = () =>
  server.control
    .overview()
    .keys.filter(({ name }) => name.startsWith('castkeys/'))
    .map(({ id }) => id);
const dropAnswer = (kind: 'dropAfter' | 'truncated') =>
  server.control.behave({
    failures: [
      { kind, method: 'POST', path: '/v1/organizations/{org}/service-accounts/{sa}/keys', times: 1 },
    ],
  });
const removeMade = async () => {
  for (const id of made()) await server.control.delete(id);
};

describe('issuing a key', () => {
  beforeEach(removeMade);

  it('hands it over before anything else, and leaves no intent', async () => {
    const key = await issueKey(request(), async issued => issued);
    expect(key.name).toMatch(/^castkeys\/staging\/reader\/[0-9a-f]{8}-1$/);
    expect(made()).toEqual([key.id]);
    expect(readIntents(install.home)).toEqual([]);
    const days = (Date.parse(key.expiresAt ?? '') - install.clock().getTime()) / 86_400_000;
    expect(Math.round(days)).toBe(180);
  });

  it('that can not be kept is taken back at once', async () => {
    const failing = issueKey(request(), async () => {
      throw new Error('the keychain is locked');
    });
    await expect(failing).rejects.toThrow('the keychain is locked');
    expect(made()).toEqual([]);
    expect(readIntents(install.home)).toEqual([]);
  });

  it.each(['dropAfter', 'truncated'] as const)(
    'whose answer is lost (%s) leaves an orphan that the next one removes',
    async kind => {
      dropAnswer(kind);
      await expect(issueKey(request(), async issued => issued)).rejects.toThrow();
      expect(made()).toHaveLength(1);
      expect(readIntents(install.home)).toHaveLength(1);
      const key = await issueKey(request(), async issued => issued);
      expect(made()).toEqual([key.id]);
      expect(readIntents(install.home)).toEqual([]);
    },
  );

  it('keeps looking for an orphan that a list does not show yet', async () => {
    server.control.behave({ listLagMs: 1000 });
    dropAnswer('dropAfter');
    await expect(issueKey(request(), async issued => issued)).rejects.toThrow();
    const [orphan] = made();
    await issueKey(request(), async issued => issued);
    expect(readIntents(install.home)).toHaveLength(1);
    await vi.waitFor(
      async () => {
        await issueKey(request(), async issued => issued);
        expect(readIntents(install.home)).toEqual([]);
      },
      { timeout: 10_000 },
    );
    expect(made()).not.toContain(orphan);
  });

  it('never removes a key that somebody else named so', async () => {
    const { id } = await server.control.issue({
      name: 'castkeys/staging/reader/00000000-1',
      ownerId: accountId,
      organizationId: server.organizationId,
    });
    await issueKey(request(), async issued => issued);
    expect(made()).toContain(id);
  });

  it('writes down the intent before the call, and never the key', async () => {
    const key = await issueKey(request(), async issued => {
      const file = directory.at('state', 'intents.json');
      expect(existsSync(file)).toBe(true);
      expect(readFileSync(file, 'utf8')).toContain(issued.name);
      expect(readFileSync(file, 'utf8')).not.toContain(issued.secret.reveal());
      return issued;
    });
    expect(key.accountId).toBe(accountId);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../source/keychain/secret.ts';
import {
  ignoredKeys,
  judgeAll,
  Recogniser,
  registerOf,
  ruleFor,
  scanners,
  tryKeys,
} from '../../source/leaks/leaks.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { ignoreKey, writePin } from '../../source/profiles/profiles.ts';
import { aCredential } from '../checklist/support/subjects.ts';
import { aConfig, aProfile } from '../profiles/support/configs.ts';
import { today } from '../support/install.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { workshop } from './support/git.ts';
import { keyOf } from './support/keys.ts';
import { scanning } from './support/scanning.ts';

let directory: TemporaryDirectory;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory[Symbol.dispose]());

/** Fingerprints that tests can read. */
const fingerprint = (secret: Secret) => `of ${secret.reveal().slice(-8)}`;

const retired = (over: object = {}) => ({
  profile: 'production',
  role: 'writer' as const,
  origin: 'https://api.cast.ai',
  fingerprint: fingerprint(new Secret(keyOf('retired'))),
  retiredAt: today.toISOString(),
  ...over,
});

const config = (over: object = {}) =>
  aConfig(
    { production: aProfile({ slots: { reader: 'c1' } }) },
    {
      credentials: { c1: aCredential({ fingerprint: fingerprint(new Secret(keyOf('own'))) }) },
      retired: { c0: retired() },
      ...over,
    },
  );

async function judged(names: readonly string[], over: object = {}, ignore: ReadonlySet<string> = new Set()) {
  const repository = workshop(directory.at('repository'));
  repository.commit(Object.fromEntries(names.map(name => [name, keyOf(name)])));
  const recogniser = new Recogniser({ own: new Map([['c1', new Secret(keyOf('own'))]]), fingerprint });
  const { located } = await scanning({
    path: repository.path,
    home: directory.at('home'),
    what: 'history',
    recogniser: async () => recogniser,
  });
  return { ...judgeAll(located, registerOf(config(over)), ignore), values: recogniser.values };
}

describe('a key that was found', () => {
  it('is told to be whose it is: in use, retired, revoked, or nobody’s', async () => {
    const { findings } = await judged(['own', 'retired', 'other']);
    expect(findings.toSorted((a, b) => (a.path ?? '').localeCompare(b.path ?? ''))).toMatchObject([
      { path: 'other', kind: 'pattern', next: 'castkeys scan --live' },
      {
        path: 'own',
        kind: 'own-key',
        profile: 'production',
        role: 'reader',
        credential: 'c1',
        next: 'castkeys rotate --emergency --profile production --role reader',
      },
      {
        path: 'retired',
        kind: 'own-key',
        role: 'writer',
        retiredAt: today.toISOString(),
        next: 'castkeys rotate --resume --profile production --role writer',
      },
    ]);
    expect(JSON.stringify(findings)).not.toContain('fingerprint');
  });

  it('that is gone at Cast AI is litter', async () => {
    const { findings } = await judged(['retired'], {
      retired: { c0: retired({ goneAt: today.toISOString() }) },
    });
    expect(findings).toMatchObject([
      { gone: true, next: expect.stringMatching(/^castkeys scan --ignore [0-9a-f]{24} /) },
    ]);
  });

  it('can be silenced, but never one of ours that is in use', async () => {
    const { findings } = await judged(['own', 'retired', 'other']);
    const all = new Set(findings.map(({ content }) => content));
    const silenced = judgeAll(
      findings.map(finding => ({
        ...finding,
        fingerprint: finding.path === 'retired' ? retired().fingerprint : '',
      })),
      registerOf(config()),
      all,
    );
    expect(silenced.findings.map(({ path }) => path)).toEqual(['own']);
    expect(silenced.ignored).toHaveLength(2);
  });
});

describe('the ignore list of a repository', () => {
  const ignored = { key: 'a'.repeat(24), reason: 'an example', since: today.toISOString() };

  it('counts when it was written here, and until the file changes', async () => {
    const home = homeIn(directory.at('home'));
    expect(await ignoreKey(home, directory.path, ignored)).toMatchObject({ counts: true });
    expect([...ignoredKeys(home, directory.path).keys]).toEqual([ignored.key]);
    const elsewhere = homeIn(directory.at('other-home'));
    expect(ignoredKeys(elsewhere, directory.path)).toMatchObject({
      keys: new Set(),
      passedOver: expect.stringContaining('castkeys use NAME --here'),
    });
  });

  it('of a file that came with a clone is not agreed to by adding to it', async () => {
    const [mine, theirs] = [homeIn(directory.at('mine')), homeIn(directory.at('theirs'))];
    await ignoreKey(theirs, directory.path, ignored);
    const added = await ignoreKey(mine, directory.path, { ...ignored, key: 'b'.repeat(24) });
    expect(added.counts).toBe(false);
    expect(ignoredKeys(mine, directory.path).keys.size).toBe(0);
    await writePin(mine, directory.path, 'dev', today);
    expect(ignoredKeys(mine, directory.path).keys.size).toBe(2);
  });
});

describe('trying keys', () => {
  let server: PracticeServer;
  beforeEach(async () => {
    server = await startPractice();
  });
  afterEach(() => server.close());

  it('says of one of ours whether it works, asking only where it belongs', async () => {
    const { url } = server;
    const live = config({
      credentials: { c1: aCredential({ origin: url }), c2: aCredential({ origin: url }) },
    });
    const finding = (credential: string, content: string) =>
      ({
        kind: 'own-key',
        credential,
        content,
        where: 'file',
        reachable: true,
        encoding: 'plain',
        preview: '',
        next: '',
      }) as const;
    const tried = await tryKeys({
      config: live,
      findings: [
        finding('c1', 'works'),
        finding('c2', 'dead'),
        finding('c3', 'unheard of'),
        finding('c1', 'unseen'),
      ],
      values: new Map([
        ['works', server.keys.viewer],
        ['dead', new Secret(keyOf('nobody'))],
        ['unheard of', server.keys.viewer],
      ]),
      reach: async () => {},
      signal: new AbortController().signal,
    });
    expect(tried.map(({ live }) => live)).toEqual(['works', 'dead', 'unknown', 'unknown']);
  });

  it('of somebody else concludes nothing from being refused at an address of our own', async () => {
    const mine = aConfig({ dev: aProfile({ origin: server.url, region: server.url }) });
    const finding = {
      kind: 'pattern',
      where: 'file',
      reachable: true,
      encoding: 'plain',
      preview: '',
      next: '',
    } as const;
    const tried = await tryKeys({
      config: mine,
      findings: [
        { ...finding, content: 'a' },
        { ...finding, content: 'b' },
      ],
      values: new Map([
        ['a', server.keys.viewer],
        ['b', new Secret(keyOf('b'))],
      ]),
      reach: async () => {},
      signal: new AbortController().signal,
    });
    expect(tried.map(({ live }) => live)).toEqual(['works', 'unknown']);
  });
});

it('rules for other scanners find a key, and what is nearly one not', () => {
  for (const scanner of scanners) {
    const [, source = ''] = /(?:regex = '''|key: ')(.*?)'/.exec(ruleFor(scanner)) ?? [];
    expect(keyOf('any')).toMatch(new RegExp(source));
    expect(`${keyOf('any')}0`).not.toMatch(new RegExp(source));
  }
});

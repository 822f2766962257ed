import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Place, storeCredential } from '../../source/credentials/credentials.ts';
import { CastkeysError } from '../../source/errors.ts';
import { play, type RawAnswer } from '../../source/flow/flow.ts';
import { adoptStoredKey } from '../../source/flows/adopt-key.ts';
import { scripted } from '../../source/frontends/scripted/scripted.ts';
import type { Install } from '../../source/install/install.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import type { Credential, Profile } from '../../source/profiles/profiles.ts';
import { busyWith } from '../credentials/support/busy.ts';
import { addAccount, bind, roleId } from '../practice/support/asking.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { installIn, today } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

let server: PracticeServer;
let directory: TemporaryDirectory;
let install: Install;
let profile: Profile;
beforeEach(async () => {
  server = await startPractice({ behaviour: { bindingCreatedAfterMs: 0 } });
  directory = temporaryDirectory();
  install = installIn(directory.path);
  profile = aProfile({ origin: server.url, region: server.url, organization: { id: server.organizationId } });
  await install.update(config => ({ ...config, profiles: { dev: profile } }));
});
afterEach(async () => {
  await install.close();
  directory[Symbol.dispose]();
  await server.close();
});

const reader: Place = { kind: 'slot', profile: 'dev', role: 'reader' };
const store = (secret: Secret, place: Place = reader) =>
  storeCredential(install, { place, secret, origin: server.url });
const storeAdmin = () =>
  store(server.keys.admin, { kind: 'admin', origin: server.url, organizationId: server.organizationId });
/** The same an hour later: by then no list is behind any more. */
const later = (): Install => ({ ...install, clock: () => new Date(today.getTime() + 3_600_000) });
const recorded = (): Credential | undefined => {
  const config = install.config();
  const id = config?.profiles['dev']?.slots.reader;
  return id === undefined ? undefined : config?.credentials[id];
};

/** The viewer's account gets another key. */
const issueSibling = (name = 'a sibling') =>
  server.control.issue({ name, ownerId: ownerOf('viewer'), organizationId: server.organizationId });
const ownerOf = (name: 'viewer' | 'personal') =>
  server.control.overview().keys.find(({ id }) => id === server.keyIds[name])?.owner.id ?? '';

const quick = { quiet: 100, poll: 10, shown: 400, rounds: 3, total: 1500 };

interface Adopting {
  readonly answers?: Readonly<Record<string, RawAnswer>>;
  readonly patience?: Partial<typeof quick>;
  readonly at?: Install;
}

async function adopt({ answers = {}, patience = {}, at = install }: Adopting = {}) {
  const lines: string[] = [];
  const wanted = { install: at, profileName: 'dev', profile, role: 'reader', reach: async () => {} } as const;
  const outcome = await play(() => adoptStoredKey({ ...wanted, patience: { ...quick, ...patience } }), {
    name: 'adopt-key',
    title: 'Adopt',
    frontEnd: scripted({ answers, env: {}, json: false, yes: false, print: line => lines.push(line) }),
    signal: new AbortController().signal,
  });
  if (outcome.type === 'finished') return { ...outcome.value, said: lines.join('\n') };
  if (outcome.type === 'failed') throw outcome.error;
  throw new Error('cancelled');
}

describe('which of Cast AI’s keys a stored one is', () => {
  it('is its owner’s only one', async () => {
    await store(server.keys.viewer);
    expect(await adopt({ at: later() })).toMatchObject({
      id: server.keyIds.viewer,
      name: 'practice-viewer-key',
    });
    expect(recorded()).toMatchObject({
      keyId: server.keyIds.viewer,
      name: 'practice-viewer-key',
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      owner: { kind: 'service-account', name: 'practice-viewer' },
    });
  });

  it('is told with its expiry, where it has one', async () => {
    const expiresAt = new Date('2030-01-01T00:00:00.000Z');
    const narrow = await addAccount(server, 'expiring');
    await bind(server, narrow.id, roleId.viewer);
    await server.control.delete(narrow.keyId);
    const { id, secret } = await server.control.issue({
      name: 'for a while',
      ownerId: narrow.id,
      organizationId: server.organizationId,
      expiresAt,
    });
    await store(secret);
    await adopt({ at: later() });
    expect(recorded()).toMatchObject({ keyId: id, expiresAt: expiresAt.toISOString() });
  });

  it.each([
    ['with an admin credential', true],
    ['with the key itself', false],
  ])('is seen by its use among several, %s', async (_how, isAdmin) => {
    await issueSibling();
    const { id, secret } = await issueSibling('ours');
    await issueSibling('another');
    if (isAdmin) await storeAdmin();
    await store(secret);
    expect(await adopt()).toMatchObject({ id, name: 'ours' });
    expect(recorded()?.keyId).toBe(id);
  });

  it('of a person is seen by its use too', async () => {
    await store(server.keys.readonly);
    await storeAdmin();
    expect(await adopt()).toMatchObject({ id: server.keyIds.readonly, name: 'practice-readonly' });
  });

  it('is not taken for a sibling that others use all the time', async () => {
    const { id, secret } = await issueSibling('ours');
    await storeAdmin();
    await store(secret);
    await using _ = busyWith(server.url, server.keys.viewer);
    expect(await adopt()).toMatchObject({ id, name: 'ours' });
  });

  it('is found once a list that lags knows of it, and never mistaken for the one that is listed', async () => {
    server.control.behave({ listLagMs: 300 });
    const { id, secret } = await issueSibling('new');
    await storeAdmin();
    await store(secret);
    await using _ = busyWith(server.url, server.keys.viewer);
    expect(await adopt({ patience: { total: 8000 } })).toMatchObject({ id, name: 'new' });
  });

  it('is known of a key that does not say whose it is, with an admin credential', async () => {
    server.control.behave({ serviceAccountMe: 'empty' });
    await storeAdmin();
    await store(server.keys.viewer);
    expect(await adopt()).toMatchObject({ id: server.keyIds.viewer });
  });

  it('is seen of a key without any rights: a refused use is a use', async () => {
    const { keyId, secret } = await addAccount(server, 'without-rights');
    await storeAdmin();
    await store(secret);
    expect(await adopt()).toMatchObject({ id: keyId });
  });

  it('is looked up once more for one that was adopted', async () => {
    await issueSibling();
    await store(server.keys.viewer);
    await adopt();
    await server.control.rename(server.keyIds.viewer, 'renamed');
    expect((await adopt()).said).not.toContain('see whose time');
    expect(recorded()?.name).toBe('renamed');
  });
});

describe('where that can not be seen', () => {
  const hurried = { patience: { total: 0, shown: 100 } };
  /** The only key that is listed is busy, and not ours. */
  const hideOurs = async () => {
    server.control.behave({ listLagMs: 3_600_000 });
    const { secret } = await issueSibling('unlisted');
    await storeAdmin();
    await store(secret);
    return busyWith(server.url, server.keys.viewer);
  };

  it('it is asked, with the names; unattended nothing is changed, and the answer is named', async () => {
    await using _ = await hideOurs();
    const before = recorded();
    const failed = await adopt(hurried).catch((thrown: unknown) => thrown);
    expect(failed).toBeInstanceOf(CastkeysError);
    expect(failed).toMatchObject({
      code: 'answer-missing',
      next: expect.stringMatching(new RegExp(`"adopt.key" \\(one of ${server.keyIds.viewer}, none\\)`)),
    });
    expect(recorded()).toEqual(before);
  });

  it('the answer counts', async () => {
    await using _ = await hideOurs();
    await adopt({ ...hurried, answers: { 'adopt.key': server.keyIds.viewer } });
    expect(recorded()?.keyId).toBe(server.keyIds.viewer);
  });

  it('none of them is an answer too', async () => {
    await using _ = await hideOurs();
    await expect(adopt({ ...hurried, answers: { 'adopt.key': 'none' } })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(recorded()).not.toHaveProperty('keyId');
  });

  it('two keys that move together are not told apart', async () => {
    const sibling = await issueSibling('twin');
    await store(server.keys.viewer);
    await using _ = busyWith(server.url, sibling.secret);
    await expect(adopt()).rejects.toMatchObject({ code: 'answer-missing' });
  });
});

describe('where keys can not be looked up', () => {
  const list = '/v1/organizations/{organizationId}/service-accounts/keys';

  it('an admin credential is named', async () => {
    await store(server.keys.viewer);
    server.control.behave({ failures: [{ kind: 'forbidden', path: list }] });
    await expect(adopt()).rejects.toMatchObject({
      code: 'key-forbidden',
      next: expect.stringContaining('castkeys keys add --role admin'),
    });
  });

  it('a dead key is said to be dead', async () => {
    await store(server.keys.viewer);
    await server.control.disable(server.keyIds.viewer);
    await expect(adopt()).rejects.toMatchObject({ code: 'key-invalid' });
  });

  it('an empty slot is named', async () => {
    await expect(adopt()).rejects.toMatchObject({ code: 'credential-missing' });
  });

  it.each(['serverError', 'truncated'] as const)('%s changes nothing', async kind => {
    await store(server.keys.viewer);
    const before = recorded();
    server.control.behave({ failures: [{ kind, path: list }] });
    await expect(adopt()).rejects.toMatchObject({ exitCode: 6 });
    expect(recorded()).toEqual(before);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { oldKeys } from '../../../source/checklist/checks/old-keys.ts';
import { type PracticeServer, startPractice } from '../../../source/practice/practice.ts';
import type { RetiredKey } from '../../../source/profiles/profiles.ts';
import { type Journal, saveJournal } from '../../../source/rotation/rotation.ts';
import { aJournal } from '../../rotation/support/castkeys-in-model.ts';
import { today } from '../../support/install.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';
import { aCredential, keychainWith, subjectOf, withSlots } from '../support/subjects.ts';

let server: PracticeServer;
let directory: TemporaryDirectory;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());
beforeEach(() => {
  directory = temporaryDirectory();
  return () => directory[Symbol.dispose]();
});

const retired = (over: Partial<RetiredKey> = {}): RetiredKey => ({
  profile: 'dev',
  role: 'reader',
  origin: server.url,
  keyId: server.keyIds.member,
  name: 'practice-member-key',
  fingerprint: 'f',
  retiredAt: '2026-05-30T00:00:00.000Z',
  ...over,
});

async function measure(key?: RetiredKey, withAdmin = true) {
  const config = withSlots(
    { reader: { origin: server.url } },
    { origin: server.url, organization: { id: server.organizationId } },
  );
  const keychain = await keychainWith({ reader: server.keys.viewer, admin: server.keys.admin });
  const administered = {
    ...config,
    credentials: { ...config.credentials, admin: aCredential({ origin: server.url }) },
    ...(withAdmin ? { admins: { [`${server.url} ${server.organizationId}`]: 'admin' } } : {}),
    ...(key ? { retired: { old: key } } : {}),
  };
  return oldKeys.measure(
    subjectOf(administered, { home: homeIn(directory.path), keychain: async () => keychain }),
  );
}
const rotation = (over: Partial<Journal>) => saveJournal(homeIn(directory.path), aJournal(over));

describe('no retired key still works', () => {
  it('where none was ever replaced, or the one that was is gone', async () => {
    expect(await measure()).toMatchObject({ state: 'pass' });
    expect(await measure(retired({ keyId: 'gone-long-ago' }))).toMatchObject({ state: 'pass' });
    expect(await measure(retired({ goneAt: today.toISOString() }))).toMatchObject({ state: 'pass' });
    expect(await measure(retired({ profile: 'another' }))).toMatchObject({ state: 'pass' });
  });

  it('fails for one that was replaced and works on; one that is off is not deleted yet', async () => {
    expect(await measure(retired())).toMatchObject({
      state: 'fail',
      evidence: 'practice-member-key, replaced on 2026-05-30, still works',
      fix: expect.stringContaining('practice-member-key'),
    });
    await server.control.disable(server.keyIds.member);
    expect(await measure(retired())).toMatchObject({ state: 'warn' });
    await server.control.enable(server.keyIds.member);
  });

  it('is not known where nobody may look', async () => {
    expect(await measure(retired(), false)).toMatchObject({
      state: 'unknown',
      fix: 'castkeys keys add --role admin',
    });
    expect(await measure(retired({ keyId: undefined }))).toMatchObject({ state: 'unknown' });
  });

  it('warns while a rotation is unfinished, and says how long it waits', async () => {
    const until = new Date(today.getTime() + 90 * 60_000).toISOString();
    await rotation({ waiting: { reason: 'draining', words: 'it drains', until } });
    expect(await measure()).toEqual({
      state: 'warn',
      evidence: 'the rotation of dev reader is unfinished (planned), for 1 h 30 min more',
      fix: 'castkeys rotate --resume --role reader',
    });
    const admin = { kind: 'admin', origin: server.url, organizationId: server.organizationId } as const;
    await rotation({ place: admin });
    expect(await measure()).toMatchObject({ state: 'warn', fix: 'castkeys rotate --resume --role admin' });
    await rotation({ ending: 'deleted' });
    expect(await measure()).toMatchObject({ state: 'pass' });
  });

  it('fails for a key that a rotation made without ever hearing of it, once it shows up', async () => {
    const lost = {
      name: 'castkeys/dev/reader/r1-1',
      credentialId: 'c1',
      begunAt: today.toISOString(),
      givenUpAt: today.toISOString(),
    };
    await rotation({ ending: 'deleted', attempts: [lost] });
    expect(await measure()).toMatchObject({ state: 'pass' });
    await server.control.rename(server.keyIds.member, lost.name);
    expect(await measure()).toMatchObject({ state: 'fail', fix: 'castkeys rotate --resume' });
    await server.control.rename(server.keyIds.member, 'practice-member-key');
  });
});

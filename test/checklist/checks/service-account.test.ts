import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serviceAccount } from '../../../source/checklist/checks/service-account.ts';
import { type PracticeServer, startPractice } from '../../../source/practice/practice.ts';
import { environments } from '../../../source/profiles/profiles.ts';
import { addAccount, bind, roleId } from '../../practice/support/asking.ts';
import { measured, type Practised } from '../support/practised.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice({ behaviour: { bindingCreatedAfterMs: 0 } });
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ failures: [], serviceAccountMe: 'full' }));

const measure = (wanted: Practised) => measured(serviceAccount, server, wanted);

describe('no person’s key in production', () => {
  it.each([
    ['development', 'pass'],
    ['staging', 'warn'],
    ['production', 'fail'],
    ['other', 'pass'],
  ] as const)('in %s a personal key is a %s', async (environment, state) => {
    expect(await measure({ keys: { reader: server.keys.personal }, environment })).toMatchObject({
      state,
      evidence: expect.stringMatching(/^reader is a personal key of Olive Owner/),
    });
  });

  it('says why, and what to do', async () => {
    expect(await measure({ keys: { reader: server.keys.readonly }, environment: 'production' })).toEqual({
      state: 'fail',
      evidence:
        'reader is a personal key of Olive Owner: production stops when that person leaves, changes roles or deletes the key',
      fix: 'make a service account and a key of it in the console; then: castkeys keys add --role reader --replace',
    });
  });

  it.each(environments)('holds in %s for a service account’s', async environment => {
    expect(await measure({ keys: { reader: server.keys.viewer }, environment })).toEqual({
      state: 'pass',
      evidence: 'reader belongs to the service account practice-viewer',
    });
  });

  it('fails for one of two keys', async () => {
    const { viewer, personal } = server.keys;
    const keys = { reader: viewer, writer: personal };
    expect(await measure({ keys, environment: 'production' })).toMatchObject({
      state: 'fail',
      evidence: expect.stringMatching(/^writer is a personal key.*; reader belongs to/),
    });
  });

  it('is not known of a key that may not look up what its owner is; the admin credential tells', async () => {
    const cluster = server.control.overview().clusters[0]?.id;
    const account = await addAccount(server, 'narrow');
    await bind(server, account.id, roleId.viewer, cluster);
    const practised = { keys: { reader: account.secret }, environment: 'production' } as const;
    expect(await measure(practised)).toMatchObject({
      state: 'unknown',
      fix: 'castkeys keys add --role admin',
    });
    expect(await measure({ ...practised, admin: server.keys.admin })).toMatchObject({
      state: 'pass',
      evidence: 'reader belongs to the service account narrow',
    });
  });

  it('is known of a key that says nothing of itself, by the id it was adopted with', async () => {
    server.control.behave({ serviceAccountMe: 'empty' });
    const practised = { keys: { reader: server.keys.viewer }, admin: server.keys.admin };
    expect(await measure(practised)).toMatchObject({
      state: 'unknown',
      fix: 'castkeys keys adopt --role reader',
    });
    const recorded = { keyId: server.keyIds.viewer };
    expect(await measure({ ...practised, recorded })).toMatchObject({ state: 'pass' });
  });

  it('is known while Cast AI does not answer, by what was recorded: a key never changes hands', async () => {
    server.control.behave({ failures: [{ kind: 'serverError' }] });
    const recorded = { owner: { kind: 'person', id: 'olive', name: 'Olive Owner' } } as const;
    const practised = { keys: { reader: server.keys.personal }, environment: 'production' } as const;
    expect(await measure({ ...practised, recorded })).toMatchObject({ state: 'fail' });
    expect(await measure(practised)).toMatchObject({ state: 'unknown' });
  });
});

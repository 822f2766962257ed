import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keysLive } from '../../../source/checklist/checks/keys-live.ts';
import type { Secret } from '../../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../../source/practice/practice.ts';
import { listeningOrigin } from '../../castai/support/listening.ts';
import { aKey } from '../../support/install.ts';
import { keychainWith, subjectOf, withSlots } from '../support/subjects.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());
beforeEach(() => server.control.behave({ failures: [], meWithoutRights: 'forbidden' }));

const measure = async (keys: Readonly<Record<string, Secret>>, origin = server.url) => {
  const slots = Object.fromEntries(Object.keys(keys).map(role => [role, { origin }]));
  const keychain = await keychainWith(keys);
  return keysLive.measure(subjectOf(withSlots(slots), { keychain: async () => keychain }));
};

describe('every key works', () => {
  it('where the server answers to each', async () => {
    const finding = await measure({ reader: server.keys.viewer, writer: server.keys.member });
    expect(finding.state).toBe('pass');
    expect(finding.evidence).toMatch(
      /^reader answers as practice-viewer \(\d+ ms\); writer answers as practice-member \(\d+ ms\)$/,
    );
  });

  it('fails for one that somebody disabled, and holds again once it is enabled', async () => {
    await server.control.disable(server.keyIds.viewer);
    expect(await measure({ reader: server.keys.viewer, writer: server.keys.member })).toMatchObject({
      state: 'fail',
      evidence: expect.stringMatching(/^reader: .*; writer answers/),
      fix: 'castkeys keys add --role reader --replace',
    });
    await server.control.enable(server.keyIds.viewer);
    expect(await measure({ reader: server.keys.viewer })).toMatchObject({ state: 'pass' });
  });

  it('fails for one that was never known', async () => {
    expect(await measure({ reader: aKey('z') })).toMatchObject({ state: 'fail' });
  });

  it('is not known where nobody answers: that says nothing of the key', async () => {
    const closed = createServer();
    const origin = await listeningOrigin(closed);
    await new Promise(resolve => closed.close(resolve));
    expect(await measure({ reader: aKey() }, origin)).toMatchObject({ state: 'unknown' });
  });

  it.each([
    ['a page of somebody else’s', { kind: 'html200' }],
    ['a failure of the server', { kind: 'serverError' }],
    ['half an answer', { kind: 'truncated' }],
  ] as const)('is not known where %s comes back', async (_what, failure) => {
    server.control.behave({ failures: [failure] });
    expect(await measure({ reader: server.keys.viewer })).toMatchObject({
      state: 'unknown',
      evidence: expect.any(String),
    });
  });

  it('fails for a bad key, whatever is not known of the other', async () => {
    const keychain = await keychainWith({ reader: aKey('z') });
    const config = withSlots({ reader: { origin: server.url }, writer: { origin: server.url } });
    expect(await keysLive.measure(subjectOf(config, { keychain: async () => keychain }))).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('the keychain does not give the writer key'),
    });
  });

  it('is not known where no key is stored yet', async () => {
    expect(await measure({})).toMatchObject({ state: 'unknown', fix: 'castkeys setup' });
  });

  it('asks each key at the address it is bound to, wherever the profile points', async () => {
    const elsewhere = createServer(() => {
      throw new Error('the key was sent to another address');
    });
    const origin = await listeningOrigin(elsewhere);
    const keychain = await keychainWith({ reader: server.keys.viewer });
    const config = withSlots({ reader: { origin: server.url } }, { origin, region: origin });
    const subject = subjectOf(config, { keychain: async () => keychain });
    expect(await keysLive.measure(subject)).toMatchObject({ state: 'pass' });
    await new Promise(resolve => elsewhere.close(resolve));
  });
});

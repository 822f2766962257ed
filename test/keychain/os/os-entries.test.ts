import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChildScript } from '../../../source/keychain/os/child-path.ts';
import { startKeychainChild } from '../../../source/keychain/os/keychain-child.ts';
import { glanceAtKeyring } from '../../../source/keychain/os/keyring-glance.ts';
import { KeytarSession, usualLimits } from '../../../source/keychain/os/keytar-session.ts';
import { OsEntries } from '../../../source/keychain/os/os-entries.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { describeWithKeyring, startKeyring, type TestKeyring } from '../../support/keyring.ts';

describeWithKeyring('entries of a keyring that was locked after the look at it', () => {
  let keyring: TestKeyring;
  let session: KeytarSession;
  let entries: OsEntries;
  beforeAll(async () => {
    keyring = await startKeyring();
    session = new KeytarSession({
      start: () => startKeychainChild({ childPath: findChildScript(), env: keyring.env }),
      patience: 'prompt',
      limits: usualLimits,
      mayBePrompting: async () => false,
    });
    entries = new OsEntries({ session, patience: 'prompt', glance: () => glanceAtKeyring(keyring.env) });
    await entries.set('account', new Secret('a value'));
    await keyring.lock();
  });
  afterAll(async () => {
    session.close();
    await keyring.end();
  });

  it('are not absent, though keytar says so', async () => {
    expect(await entries.get('account')).toMatchObject({ state: 'locked' });
  });

  it('are not removed, though keytar does not complain', async () => {
    await expect(entries.delete('account')).rejects.toMatchObject({ code: 'keychain-locked' });
    await keyring.restart();
    expect(await entries.get('account')).toMatchObject({ state: 'value' });
  });
});

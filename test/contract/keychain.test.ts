import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ageFileKeychain } from '../../source/keychain/age/age-file.ts';
import { inTurn } from '../../source/keychain/entry-store.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { osKeychain } from '../../source/keychain/os/os-keychain.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { describeWithKeyring, startKeyring } from '../support/keyring.ts';
import { keychainContract } from './keychain.ts';

keychainContract('in memory', async () => {
  const shared = { entries: new Map<string, Secret>(), withLock: inTurn() };
  return { open: () => memoryKeychain(shared), end: async () => {} };
});

keychainContract('the encrypted file', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'castkeys-age-'));
  const passphrase = async () => new Secret('correct horse');
  const withLock = inTurn();
  return {
    open: () => ageFileKeychain({ installId: 'install', directory, passphrase, withLock, workFactor: 4 }),
    end: () => rm(directory, { recursive: true }),
  };
});

describeWithKeyring('with a real gnome-keyring', () => {
  keychainContract('of the operating system', async () => {
    const { env, end } = await startKeyring();
    const withLock = inTurn();
    return { open: () => osKeychain({ installId: 'install', env, withLock }), end };
  });
});

import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CastkeysError } from '../../errors.ts';
import type { Examination, Finding, Machine } from '../examination.ts';
import { findingOf } from './keychain.ts';

export const encryptedFile: Examination = {
  id: 'encrypted-file',
  title: 'Encrypted file',
  async measure(machine) {
    const { store, settings, home } = machine;
    if (store instanceof CastkeysError)
      return { state: 'unknown', evidence: 'not tried: see the lines above' };
    if (store.kind !== 'file') return notUsed(settings);
    // A directory that isn't there yet is not made just to try it.
    return existsSync(home.config) ? tried(machine) : canBeMade(home.config);
  },
};

function notUsed(settings: Machine['settings']): Finding {
  const credentials =
    settings && !(settings instanceof CastkeysError) ? Object.values(settings.credentials) : [];
  const there = credentials.filter(({ store }) => store === 'file').length;
  if (there === 0) return { state: 'skip', evidence: 'not used: keys are kept in the OS keychain' };
  return {
    state: 'warn',
    evidence: `not used now, but ${there} of the registered keys were stored in it`,
    fix: 'CASTKEYS_STORE=file castkeys doctor',
  };
}

async function tried({ probe, isAttended, env }: Machine): Promise<Finding> {
  const result = await probe();
  const hasPassphrase = env['CASTKEYS_PASSPHRASE_FILE'] || env['CASTKEYS_PASSPHRASE'];
  if (result.state === 'locked' && isAttended && !hasPassphrase) {
    return {
      state: 'unknown',
      evidence: 'locked: its passphrase opens it, and the doctor asks for none',
      fix: 'CASTKEYS_PASSPHRASE_FILE=FILE castkeys doctor',
    };
  }
  return findingOf(result);
}

async function canBeMade(directory: string): Promise<Finding> {
  let nearest = directory;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    await access(nearest, constants.W_OK | constants.X_OK);
    return { state: 'pass', evidence: `the first key makes it, in ${directory}` };
  } catch {
    return {
      state: 'fail',
      evidence: `${directory} can't be made: ${nearest} is not writable`,
      fix: 'set CASTKEYS_HOME to a directory of yours',
    };
  }
}

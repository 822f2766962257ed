import { CastkeysError } from '../../errors.ts';
import type { Examination, Machine } from '../examination.ts';

/** No protection is promised that isn't there. */
export const otherPrograms: Examination = {
  id: 'other-programs',
  title: 'What others can read',
  measure: machine => ({
    state: 'info',
    evidence: `${whoReads(machine)} A command under castkeys run sees the key in its environment, as root can everywhere`,
  }),
};

function whoReads({ store, platform }: Machine): string {
  if (!(store instanceof CastkeysError) && store.kind === 'file') {
    return 'the encrypted file is opened by its passphrase alone: any program of yours that can read the passphrase (a variable, a file) can read the keys.';
  }
  switch (platform) {
    case 'darwin':
      return 'any process run by the same node may read what node stored in the macOS keychain, without a question.';
    case 'win32':
      return 'any program of this user can read what is in Windows Credential Manager.';
    default:
      return 'any program of this user can read the whole keyring while it is unlocked.';
  }
}

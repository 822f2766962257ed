import { CastkeysError } from '../../errors.ts';
import type { Examination } from '../examination.ts';

const names = { keychain: 'in the OS keychain', file: 'in the encrypted file' } as const;

export const store: Examination = {
  id: 'store',
  title: 'Where keys are kept',
  measure({ store: found }) {
    if (found instanceof CastkeysError) return { state: 'fail', evidence: found.message, fix: found.next };
    return { state: 'pass', evidence: `${names[found.kind]}: ${found.why}` };
  },
};

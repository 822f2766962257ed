import { CastkeysError } from '../../errors.ts';
import type { ProbeResult } from '../../keychain/keychain.ts';
import type { Examination, Finding } from '../examination.ts';

export const keychain: Examination = {
  id: 'keychain',
  title: 'OS keychain',
  onTimeout: ms => ({
    state: 'fail',
    evidence: `timeout: it did not answer within ${ms} ms`,
    fix: 'log out and in again, or keep the keys in an encrypted file: CASTKEYS_STORE=file',
  }),
  async measure({ store, probe }) {
    if (store instanceof CastkeysError)
      return { state: 'unknown', evidence: 'not tried: see the line above' };
    if (store.kind !== 'keychain') {
      return { state: 'skip', evidence: 'not used: keys are kept in the encrypted file' };
    }
    return findingOf(await probe());
  },
};

/** What a store that was written to, read and cleaned up is worth. */
export function findingOf(result: ProbeResult): Finding {
  if (result.state === 'usable') return { state: 'pass', evidence: result.evidence };
  const { state, reason, fix } = result;
  return { state: 'fail', evidence: `${state}: ${reason}`, fix: furtherThanHere(fix) };
}

/** The doctor has nobody to send people on to. */
function furtherThanHere(fix: string): string {
  return fix.replace(/^castkeys doctor(, or )?/, (_, or) =>
    or ? '' : 'log out and in again, or set CASTKEYS_STORE=file',
  );
}

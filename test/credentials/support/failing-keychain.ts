import type { InTrouble, Keychain } from '../../../source/keychain/keychain.ts';
import { troubleError } from '../../../source/keychain/keychain.ts';

const trouble: InTrouble = { state: 'timeout', reason: 'the keychain does not answer' };

/** Whether the call that fails had its effect all the same, as when only the answer was lost. */
export type When = 'before' | 'after';

export interface FailingKeychain {
  readonly keychain: Keychain;
  /** How many calls there were. */
  readonly calls: () => number;
}

/** A keychain whose n-th call fails, counted from 1; for ever after, if it `stays`. */
export function failingAt(inner: Keychain, call: number, when: When, stays = false): FailingKeychain {
  let calls = 0;
  const fails = () => {
    calls += 1;
    return stays ? calls >= call : calls === call;
  };
  const failing = async <T>(work: () => Promise<T>, fail: () => T): Promise<T> => {
    if (!fails()) return work();
    if (when === 'after') await work();
    return fail();
  };
  const refuse = (): never => {
    throw troubleError(trouble);
  };
  return {
    calls: () => calls,
    keychain: {
      ...inner,
      read: entry =>
        failing<Awaited<ReturnType<Keychain['read']>>>(
          () => inner.read(entry),
          () => trouble,
        ),
      write: (entry, secret) => failing(() => inner.write(entry, secret), refuse),
      remove: entry => failing(() => inner.remove(entry), refuse),
    },
  };
}

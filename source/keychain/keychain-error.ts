import { CastkeysError, type ErrorCode } from '../errors.ts';
import type { InTrouble, Trouble } from './keychain.ts';

const codes = {
  locked: 'keychain-locked',
  denied: 'keychain-denied',
  unavailable: 'keychain-missing',
  timeout: 'keychain-timeout',
} as const;

const nextSteps = {
  locked:
    'unlock the keychain (log in to the desktop session, or start its prompt), then run the same command again',
  denied: 'allow castkeys access when the system asks, then run the same command again',
  unavailable: 'castkeys doctor',
  timeout: 'castkeys doctor',
} as const;

const nothingChanged = 'Nothing was changed.';

/** The error for a keychain in trouble: says that nothing was changed, and what to do. */
export function keychainError(trouble: Trouble, reason: string, next?: string): CastkeysError {
  const sentence = reason.charAt(0).toUpperCase() + reason.slice(1);
  const whole = sentence.endsWith('.') ? sentence : `${sentence}.`;
  const message = whole.endsWith(nothingChanged) ? whole : `${whole} ${nothingChanged}`;
  return new CastkeysError(codes[trouble], message, next ?? nextSteps[trouble]);
}

const troubles: Partial<Record<ErrorCode, Trouble>> = {
  'keychain-locked': 'locked',
  'keychain-denied': 'denied',
  'keychain-missing': 'unavailable',
  'keychain-damaged': 'unavailable',
  'keychain-timeout': 'timeout',
};

/** The error for what a read or a probe said, with everything it knows. */
export function troubleError({ state, reason, fix, code }: InTrouble): CastkeysError {
  const error = keychainError(state, reason, fix);
  return code ? new CastkeysError(code, error.message, error.next) : error;
}

/** The other way round: the trouble an error stands for, or `undefined` where it is no trouble of the keychain's. */
export function troubleOf(error: unknown): Trouble | undefined {
  return error instanceof CastkeysError ? troubles[error.code] : undefined;
}

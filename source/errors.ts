/**
 * Every failure castkeys can name: what happened, what was not lost, the next command.
 * The exit code follows from the error's code in one table, and nowhere else.
 */

/** Exit codes of the command line; fixed, other people's scripts rely on them. */
export const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  badAnswer: 3,
  keychain: 4,
  refused: 5,
  unreachable: 6,
  unfinished: 7,
  interrupted: 130,
  terminated: 143,
} as const;

/** The exit code of each failure, by its code. */
export const exitCodes = {
  failed: exitCode.failed,
  'git-missing': exitCode.failed,
  'not-a-repository': exitCode.usage,
  'duplicate-key': exitCode.failed,
  'slot-taken': exitCode.failed,
  'webhook-overlap': exitCode.failed,
  'endpoint-unreachable': exitCode.failed,
  'file-changed': exitCode.failed,
  'home-unwritable': exitCode.failed,
  'home-busy': exitCode.failed,
  'port-taken': exitCode.failed,
  'consumer-failed': exitCode.failed,
  'rotation-busy': exitCode.failed,
  'rotation-stuck': exitCode.failed,
  'managed-elsewhere': exitCode.failed,
  'admin-missing': exitCode.usage,
  'rotation-unfinished': exitCode.unfinished,
  usage: exitCode.usage,
  'answers-invalid': exitCode.usage,
  'answer-missing': exitCode.usage,
  'config-invalid': exitCode.usage,
  'config-newer': exitCode.usage,
  'config-unreadable': exitCode.usage,
  'profile-unknown': exitCode.usage,
  'profile-missing': exitCode.usage,
  'credential-missing': exitCode.usage,
  'webhook-secret-missing': exitCode.usage,
  'origin-mismatch': exitCode.usage,
  'pin-untrusted': exitCode.usage,
  'checks-failed': exitCode.badAnswer,
  'log-tampered': exitCode.badAnswer,
  'keychain-missing': exitCode.keychain,
  'keychain-locked': exitCode.keychain,
  'keychain-denied': exitCode.keychain,
  'keychain-timeout': exitCode.keychain,
  'secret-absent': exitCode.keychain,
  'secret-altered': exitCode.keychain,
  'passphrase-wrong': exitCode.keychain,
  'keychain-damaged': exitCode.keychain,
  'secret-unstorable': exitCode.failed,
  'key-invalid': exitCode.refused,
  'key-forbidden': exitCode.refused,
  'organization-mismatch': exitCode.refused,
  unreachable: exitCode.unreachable,
  'webhook-unfinished': exitCode.unfinished,
  unintelligible: exitCode.unreachable,
  cancelled: exitCode.interrupted,
  terminated: exitCode.terminated,
} as const;

/** Stable name of a failure, as printed by `--json`. */
export type ErrorCode = keyof typeof exitCodes;

/** An error a person can act on. `message` says what happened and what was not lost; `next` is what to do. */
export class CastkeysError extends Error {
  override readonly name: string = 'CastkeysError';
  readonly code: ErrorCode;
  readonly next: string;

  constructor(code: ErrorCode, message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.next = next;
  }

  get exitCode(): number {
    return exitCodes[this.code];
  }
}

/** Wraps anything thrown into an error with a code; an unforeseen one is `failed` with its own message. */
export function asCastkeysError(thrown: unknown): CastkeysError {
  if (thrown instanceof CastkeysError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new CastkeysError('failed', message, 'castkeys doctor', { cause: thrown });
}

import { CastkeysError, type ErrorCode } from '../errors.ts';
import type { Failure, FailureKind, FieldViolation, Method, NetworkTrouble } from './failure.ts';
import { describe, nextStep } from './failure-words.ts';

const codes: Readonly<Record<FailureKind, ErrorCode>> = {
  unauthorized: 'key-invalid',
  forbidden: 'key-forbidden',
  'not-found': 'failed',
  rejected: 'failed',
  'rate-limited': 'unreachable',
  server: 'unreachable',
  unreachable: 'unreachable',
  unintelligible: 'unintelligible',
  unsendable: 'usage',
  cancelled: 'cancelled',
};

/**
 * A call to Cast AI that failed. It has no `cause` on purpose: see {@link Failure}. Only `unauthorized` (401) speaks
 * against the key; a 404 never does, whatever answered it.
 */
export class CastaiError extends CastkeysError {
  override readonly name = 'CastaiError';
  readonly kind: FailureKind;
  readonly method: Method;
  /** Without query. */
  readonly path: string;
  readonly host: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly trouble: NetworkTrouble | undefined;
  readonly detail: string | undefined;
  readonly fieldViolations: readonly FieldViolation[];
  readonly retryAfterMs: number | undefined;
  readonly mayHaveHappened: boolean;
  readonly foreign: boolean;

  constructor(failure: Failure) {
    super(codes[failure.kind], describe(failure), nextStep[failure.kind]);
    this.kind = failure.kind;
    this.method = failure.method;
    this.path = failure.path;
    this.host = failure.host;
    this.status = failure.status;
    this.requestId = failure.requestId;
    this.trouble = failure.trouble;
    this.detail = failure.detail;
    this.fieldViolations = failure.fieldViolations;
    this.retryAfterMs = failure.retryAfterMs;
    this.mayHaveHappened = failure.mayHaveHappened;
    this.foreign = failure.foreign;
  }
}

/** What can go wrong with a call. `rejected` is 400, 409, 422 and their like; `unsendable` never left this machine. */
export type FailureKind =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rejected'
  | 'rate-limited'
  | 'server'
  | 'unreachable'
  | 'unintelligible'
  | 'unsendable'
  | 'cancelled';

/** How a server could not be reached. */
export type NetworkTrouble =
  | 'dns'
  | 'refused'
  | 'no-route'
  | 'tls'
  | 'timeout'
  | 'dropped'
  | 'proxy'
  | 'other';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/**
 * A failed call, as data. Every text in it is printable and free of keys; there is no place for a body, a query value
 * or an error of the HTTP library, whose messages and properties may quote what was sent or received.
 */
export interface Failure {
  readonly kind: FailureKind;
  readonly method: Method;
  readonly path: string;
  readonly host: string;
  readonly status?: number;
  /** `X-Castai-Request-Id`: what Cast AI's support asks for. */
  readonly requestId?: string;
  readonly trouble?: NetworkTrouble;
  /** The server's own words, or what exactly could not be understood. */
  readonly detail?: string;
  readonly fieldViolations: readonly FieldViolation[];
  /** What `Retry-After` asked for. */
  readonly retryAfterMs?: number;
  /** The world may have changed although no answer says so: look before doing it again. */
  readonly mayHaveHappened: boolean;
  /** The answer bears no mark of Cast AI (an HTML page without a request id): a proxy or a login page may have spoken. */
  readonly foreign: boolean;
}

/** What is known of a call before it failed. */
export type AboutCall = Omit<Failure, 'kind'>;

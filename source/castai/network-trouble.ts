import type { NetworkTrouble } from './failure.ts';

export interface TroubleFound {
  /** `garbled`: something answered, but not in HTTP. */
  readonly trouble: NetworkTrouble | 'garbled';
  /** The error's code, such as ECONNREFUSED; the only thing of it that is ever shown. */
  readonly code?: string;
  /** True where the error proves that no connection was ever made. */
  readonly neverSent: boolean;
}

const byCode: Readonly<Record<string, NetworkTrouble>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  ENETUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  EHOSTUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'dropped',
  EPIPE: 'dropped',
  UND_ERR_SOCKET: 'dropped',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'dropped',
  EPROTO: 'tls',
};

// Node's names for X.509 verdicts (ERR_TLS_CERT_ALTNAME_INVALID, UNABLE_TO_GET_ISSUER_CERT, …). They fall in the
// handshake, before a request is written; a bare ERR_SSL_ or EPROTO may also come in the middle of a connection.
const certificateRefused =
  /^(?:ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|(?:DEPTH_ZERO_)?SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA)/;

/** What a thrown `fetch` means. Its message and its other properties may quote request or answer, and are not read. */
export function troubleIn(thrown: unknown): TroubleFound {
  for (const error of causes(thrown)) {
    const code = codeOf(error);
    if (isGarbled(error, code)) return { trouble: 'garbled', neverSent: false, ...(code && { code }) };
    if (code === undefined) continue;
    if (certificateRefused.test(code)) return { trouble: 'tls', code, neverSent: true };
    if (/^ERR_(?:SSL|TLS)_/.test(code)) return { trouble: 'tls', code, neverSent: false };
    const trouble = byCode[code];
    if (trouble) return { trouble, code, neverSent: failedToConnect(error, code) };
    return { trouble: 'other', code, neverSent: false };
  }
  return { trouble: 'other', neverSent: false };
}

// undici's parser names itself and often gives no code; Z_ is zlib's, for a compressed body that is none.
function isGarbled(error: object, code = ''): boolean {
  const name = 'name' in error ? error.name : undefined;
  return name === 'HTTPParserError' || /^(?:HPE_|Z_|UND_ERR_HEADERS_OVERFLOW)/.test(code);
}

function failedToConnect(error: object, code: string): boolean {
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ECONNREFUSED') return true;
  // ETIMEDOUT and EHOSTUNREACH also end established connections; then the system call is `read` or `write`.
  return 'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo');
}

/** The error, its causes, and what an AggregateError (one per address tried) holds; not deeper than makes sense. */
function* causes(thrown: unknown, depth = 0): Generator<object> {
  if (typeof thrown !== 'object' || thrown === null || depth > 4) return;
  yield thrown;
  if (thrown instanceof AggregateError) yield* causes(thrown.errors[0], depth + 1);
  if ('cause' in thrown) yield* causes(thrown.cause, depth + 1);
}

function codeOf(error: object): string | undefined {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_/]{2,60}$/.test(code) ? code : undefined;
}

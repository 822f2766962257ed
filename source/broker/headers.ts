import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Secret } from '../keychain/secret.ts';

/** What of a request's headers goes on to Cast AI; whatever else a program sends is its own business, or a trick. */
const sentOn: readonly string[] = [
  'accept',
  'accept-language',
  'content-type',
  'user-agent',
  'x-castai-organization-id',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'idempotency-key',
  'x-request-id',
  'x-correlation-id',
  'traceparent',
  'tracestate',
];

/** Belong to one connection, or would carry a credential past the broker. */
const keptBack: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'proxy-authentication-info',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'set-cookie',
  'set-cookie2',
  'alt-svc',
  'content-encoding',
  'content-length',
]);

export interface KeyToAdd {
  readonly secret: Secret;
  readonly authorization: 'x-api-key' | 'bearer';
}

/** The headers that go to Cast AI: what may go on, and the key. `length` is the body's; undefined: it comes in chunks. */
export function requestHeaders(
  given: IncomingHttpHeaders,
  { secret, authorization }: KeyToAdd,
  length: number | undefined,
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const name of sentOn) {
    const value = given[name];
    if (value !== undefined) headers[name] = value;
  }
  // Answers are looked through for keys; what is compressed would have to be unpacked first.
  headers['accept-encoding'] = 'identity';
  if (length === undefined) headers['transfer-encoding'] = 'chunked';
  else if (length > 0) headers['content-length'] = length;
  if (authorization === 'bearer') headers['authorization'] = `Bearer ${secret.reveal()}`;
  else headers['x-api-key'] = secret.reveal();
  return headers;
}

export interface AnswerHeaders {
  readonly origin: string;
  /** Of the broker. */
  readonly url: string;
  readonly hide: (text: string) => string;
}

/** The headers that go back to the program, name and value in turn, as often as they came: without what is a connection's own. */
export function answerHeaders(raw: readonly string[], { origin, url, hide }: AnswerHeaders): string[] {
  const passed: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    const lower = name.toLowerCase();
    if (keptBack.has(lower)) continue;
    const leadsHere = lower === 'location' && (value === origin || value.startsWith(`${origin}/`));
    passed.push(name, hide(leadsHere ? `${url}${value.slice(origin.length)}` : value));
  }
  return passed;
}

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
  const passed = sentOn.flatMap(name => (given[name] === undefined ? [] : [[name, given[name]] as const]));
  return {
    ...Object.fromEntries(passed),
    // Answers are looked through for keys; what is compressed would have to be unpacked first.
    'accept-encoding': 'identity',
    ...(length === undefined
      ? { 'transfer-encoding': 'chunked' }
      : length > 0
        ? { 'content-length': length }
        : {}),
    ...(authorization === 'bearer'
      ? { authorization: `Bearer ${secret.reveal()}` }
      : { 'x-api-key': secret.reveal() }),
  };
}

export interface AnswerHeaders {
  readonly origin: string;
  /** Of the broker. */
  readonly url: string;
  readonly hide: (text: string) => string;
}

/** The headers that go back to the program, in order and as often as they came: without what is a connection's own. */
export function answerHeaders(
  raw: readonly string[],
  { origin, url, hide }: AnswerHeaders,
): [string, string][] {
  const pairs = raw.flatMap((name, at): [string, string][] =>
    at % 2 === 0 && !keptBack.has(name.toLowerCase()) ? [[name, hide(raw[at + 1] ?? '')]] : [],
  );
  return pairs.map(([name, value]) => [
    name,
    name.toLowerCase() === 'location' && (value === origin || value.startsWith(`${origin}/`))
      ? `${url}${value.slice(origin.length)}`
      : value,
  ]);
}

import type { Connection } from './connection.ts';
import type { Method } from './failure.ts';

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One call as HTTP sees it. */
export interface HttpCall {
  readonly method: Method;
  /** Made with path`…`, so that every id in it is encoded. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
}

/**
 * Why this key can't be put in a header; undefined when it can. Asked before `fetch` is: undici's own error for a bad
 * header value quotes the value.
 */
export function unsendable(connection: Connection): string | undefined {
  const sendable = /^[\x21-\x7e]+$/;
  if (!sendable.test(connection.secret.reveal())) {
    return 'the key holds a character that no HTTP header may carry, so it is not a key';
  }
  if (connection.organizationId !== undefined && !sendable.test(connection.organizationId)) {
    return 'the organization id holds a character that no HTTP header may carry';
  }
  return undefined;
}

export function urlOf(origin: string, { path, query = {} }: HttpCall): URL {
  const url = new URL(path, origin);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of typeof value === 'string' ? [value] : value) url.searchParams.append(name, one);
  }
  return url;
}

export function requestInit(connection: Connection, call: HttpCall, signal: AbortSignal): RequestInit {
  return {
    method: call.method,
    headers: headers(connection, call),
    // Following a redirect would carry the key to whatever host it names.
    redirect: 'manual',
    signal,
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  };
}

function headers(connection: Connection, call: HttpCall): Record<string, string> {
  return {
    accept: 'application/json',
    ...keyHeaders(connection),
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
  };
}

/** What every request says of who asks: the key, and the organization where the profile names one. */
export function keyHeaders(connection: Connection): Record<string, string> {
  const { secret, authorization, organizationId, sendsOrganization, userAgent } = connection;
  return {
    'user-agent': userAgent,
    ...(authorization === 'bearer'
      ? { authorization: `Bearer ${secret.reveal()}` }
      : { 'x-api-key': secret.reveal() }),
    ...(sendsOrganization && organizationId !== undefined && { 'x-castai-organization-id': organizationId }),
  };
}

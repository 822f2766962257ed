import { CastkeysError } from '../errors.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Connection } from './connection.ts';
import { keyHeaders, unsendable } from './request.ts';

/** Sends any request to the client's origin with the key as it is now; after a 401 once more, if there is another key. */
export async function fetchAnything(
  connection: Connection,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const url = new URL(path, connection.origin);
  if (url.origin !== connection.origin || !path.startsWith('/')) {
    throw new CastkeysError(
      'usage',
      `A path below ${connection.origin} was expected. Nothing was sent.`,
      "fetch('/v1/…')",
    );
  }
  const secret = connection.source ? await connection.source.current() : connection.secret;
  const answer = await fetchWith(connection, url, init, secret);
  if (answer.status !== 401 || !connection.source || !isRepeatable(init.body)) return answer;
  const another = await connection.source.renewed(secret);
  if (!another) return answer;
  await answer.body?.cancel();
  return fetchWith(connection, url, init, another);
}

function fetchWith(connection: Connection, url: URL, init: RequestInit, secret: Secret): Promise<Response> {
  const current = { ...connection, secret };
  const problem = unsendable(current);
  if (problem)
    throw new CastkeysError('usage', `Nothing was sent: ${problem}.`, 'castkeys keys add --replace');
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(keyHeaders(current))) {
    if (name !== 'user-agent' || !headers.has(name)) headers.set(name, value);
  }
  const signal = init.signal ?? connection.signal;
  // Following a redirect would carry the key to whatever host it names.
  return connection.fetch(url, { ...init, headers, redirect: 'manual', ...(signal ? { signal } : {}) });
}

/** What was read while it was sent can't be sent again. */
const isRepeatable = (body: RequestInit['body']): boolean =>
  body === undefined ||
  body === null ||
  !(body instanceof ReadableStream || Symbol.asyncIterator in Object(body));

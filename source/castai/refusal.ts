import * as v from 'valibot';
import { readBody } from './body.ts';
import type { Connection } from './connection.ts';
import type { AboutCall, Failure, FailureKind, FieldViolation } from './failure.ts';
import { requestIdIn } from './request-id.ts';
import { retryAfterMs } from './retry-after.ts';
import { scrubber } from './scrub.ts';

// The envelope of section 7; some answers leave fieldViolations out.
const envelope = v.object({
  message: v.nullish(v.string(), ''),
  fieldViolations: v.nullish(
    v.array(v.object({ field: v.nullish(v.string(), ''), description: v.nullish(v.string(), '') })),
    () => [],
  ),
});

/** Bytes: of an error page only the envelope matters. */
const bodyLimit = 64 * 1024;
const violationsShown = 10;

/** What an answer without success says. The status decides; the body may be JSON, HTML, broken or endless. */
export async function refusal(
  connection: Connection,
  response: Response,
  about: AboutCall,
): Promise<Failure> {
  const scrub = scrubber(connection.secret);
  const { status, headers } = response;
  const requestId = requestIdIn(connection, headers);
  const base = { ...about, status, ...(requestId && { requestId }) };
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    return {
      ...base,
      kind: 'unintelligible',
      detail: `it points to ${scrub(redirectHost(response, connection))}`,
    };
  }
  // A status has come: a body that breaks off afterwards takes nothing from it.
  const body = await readBody(response, bodyLimit).catch(() => undefined);
  const text = body && 'text' in body ? body.text : '';
  const { message, fieldViolations } = wordsIn(text);
  const retryAfter = retryAfterMs(headers, connection.now());
  return {
    ...base,
    ...kindOf(status),
    ...(message && { detail: scrub(message) }),
    fieldViolations: fieldViolations
      .slice(0, violationsShown)
      .map(({ field, description }) => ({ field: scrub(field, 80), description: scrub(description) })),
    ...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
    // 5xx is no promise that nothing was done.
    mayHaveHappened: about.method !== 'GET' && status >= 500,
    foreign: !requestId && /^\s*</.test(text),
  };
}

function kindOf(status: number): Pick<Failure, 'kind' | 'trouble'> {
  if (status === 407) return { kind: 'unreachable', trouble: 'proxy' };
  return {
    kind: kindsByStatus[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'rejected' : 'unintelligible'),
  };
}

const kindsByStatus: Readonly<Record<number, FailureKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'server',
  410: 'not-found',
  425: 'server',
  429: 'rate-limited',
};

function wordsIn(text: string): { message: string; fieldViolations: readonly FieldViolation[] } {
  try {
    const parsed = v.safeParse(envelope, JSON.parse(text));
    if (parsed.success) return parsed.output;
  } catch {
    // HTML, or nothing: an answer without words.
  }
  return { message: '', fieldViolations: [] };
}

function redirectHost(response: Response, connection: Connection): string {
  const location = response.headers.get('location') ?? '';
  return URL.canParse(location, connection.origin)
    ? new URL(location, connection.origin).host
    : 'another place';
}

import { readBody } from './body.ts';
import { type Connection, timeForOneTry } from './connection.ts';
import type { AboutCall, Failure } from './failure.ts';
import { troubleIn } from './network-trouble.ts';
import { refusal } from './refusal.ts';
import { type HttpCall, requestInit, unsendable, urlOf } from './request.ts';
import { requestIdIn } from './request-id.ts';
import { scrubber } from './scrub.ts';
import { observeClock } from './server-clock.ts';
import { type Over, timeLimit } from './time-limit.ts';

/** An answer Cast AI gives when it did what it was asked; the body is not yet understood. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly requestId: string | undefined;
}

export type Outcome = { readonly reply: Reply } | { readonly failure: Failure };

const bodyLimit = 10 * 1024 * 1024;

// Some routes declare one of these, some another, and Cast AI's own clients disagree (section 3).
const successes: ReadonlySet<number> = new Set([200, 201, 202, 204]);

/** Sends one request once. Never throws for what the network or the server do. */
export async function exchange(connection: Connection, call: HttpCall): Promise<Outcome> {
  const about = aboutCall(connection, call);
  const problem = unsendable(connection);
  if (problem) return { failure: { ...about, kind: 'unsendable', detail: problem } };
  // From the moment of sending on, what changes something may have been carried out.
  const sent = { ...about, mayHaveHappened: call.method !== 'GET' };
  const limit = timeLimit(timeForOneTry(connection), connection.signal);
  try {
    const over = limit.over();
    if (over) return { failure: ended(over, about) };
    const sentAt = connection.now();
    const init = requestInit(connection, call, limit.signal);
    const response = await connection.fetch(urlOf(connection.origin, call), init);
    observeClock(connection, response.headers, sentAt);
    if (!successes.has(response.status)) return { failure: await refusal(connection, response, about) };
    return await success(connection, response, sent);
  } catch (thrown) {
    const over = limit.over();
    return { failure: over ? ended(over, sent) : broken(thrown, sent) };
  } finally {
    limit.end();
  }
}

export function aboutCall(connection: Connection, call: HttpCall): AboutCall {
  const path = scrubber(connection.secret)(call.path);
  return {
    method: call.method,
    path,
    host: connection.host,
    fieldViolations: [],
    mayHaveHappened: false,
    foreign: false,
  };
}

async function success(connection: Connection, response: Response, about: AboutCall): Promise<Outcome> {
  const { status } = response;
  const requestId = requestIdIn(connection, response.headers);
  const body = await readBody(response, bodyLimit);
  if ('text' in body) return { reply: { status, text: body.text, requestId } };
  const detail = `it is larger than ${bodyLimit / 1024 / 1024} MB`;
  return { failure: { ...about, kind: 'unintelligible', status, detail, ...(requestId && { requestId }) } };
}

function ended(over: Over, about: AboutCall): Failure {
  if (over.why === 'cancelled') return { ...about, kind: 'cancelled' };
  const detail = over.ms > 0 ? `not within ${Number((over.ms / 1000).toPrecision(2))} s` : 'no time was left';
  return { ...about, kind: 'unreachable', trouble: 'timeout', detail };
}

function broken(thrown: unknown, about: AboutCall): Failure {
  const { trouble, code, neverSent } = troubleIn(thrown);
  if (trouble === 'garbled') {
    return { ...about, kind: 'unintelligible', detail: `it is not HTTP${code ? ` (${code})` : ''}` };
  }
  const mayHaveHappened = about.mayHaveHappened && !neverSent;
  return { ...about, kind: 'unreachable', trouble, mayHaveHappened, ...(code && { detail: code }) };
}

import * as v from 'valibot';
import { CastaiError } from './castai-error.ts';
import type { Connection } from './connection.ts';
import { aboutCall, type Reply } from './exchange.ts';
import { send } from './persistence.ts';
import type { HttpCall } from './request.ts';

export interface Call<T> extends HttpCall {
  readonly answer: v.GenericSchema<unknown, T>;
  /** Whether doing it twice is the same as doing it once. Default: everything but POST. */
  readonly repeatable?: boolean;
}

/** Makes one call and understands its answer. Throws a {@link CastaiError}, and a `usage` error for an impossible id. */
export async function perform<T>(connection: Connection, call: Call<T>): Promise<T> {
  const reply = await send(connection, call, call.repeatable ?? call.method !== 'POST');
  const json = parseJson(reply.text);
  if ('problem' in json) throw misunderstood(connection, call, json.problem, reply);
  const parsed = v.safeParse(call.answer, json.value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw misunderstood(
    connection,
    call,
    json.value === undefined ? 'it is empty' : mismatch(parsed.issues[0]),
    reply,
  );
}

/** Nothing at all, or an object: what deletions answer. A page of HTML is no confirmation. */
export const nothing: v.GenericSchema<unknown, void> = v.pipe(
  v.union([v.undefined(), v.record(v.string(), v.unknown())]),
  v.transform(() => undefined),
);

/** A failure to understand an answer that Cast AI gave as a success. */
export function misunderstood(
  connection: Connection,
  call: HttpCall,
  detail: string,
  reply?: Reply,
): CastaiError {
  return new CastaiError({
    ...aboutCall(connection, call),
    kind: 'unintelligible',
    detail,
    mayHaveHappened: call.method !== 'GET',
    ...(reply && { status: reply.status }),
    ...(reply?.requestId && { requestId: reply.requestId }),
  });
}

// An issue also holds what was received, which may be a new key: only place and expectation are told.
function mismatch(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? 'it';
  return issue.type === 'check' || !issue.expected
    ? `${place} is not as documented`
    : `${place} is not ${issue.expected}`;
}

// The parser's own error quotes the text, so nothing of it is passed on.
function parseJson(text: string): { value: unknown } | { problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { value: undefined };
  try {
    return { value: JSON.parse(trimmed) };
  } catch {
    return { problem: trimmed.startsWith('<') ? 'it is a web page, not JSON' : 'it is cut off, or not JSON' };
  }
}

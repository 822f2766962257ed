import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { badRequest, type FieldViolation, Refusal } from './answer.ts';

const maxBytes = 1024 * 1024;

/** The request's body as text. Past 1 MB the request is refused with 400. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Left open when refused, so that the refusal can still be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Refusal(badRequest({ field: '', description: 'the body is too large' }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A body's JSON; an empty body is undefined. Anything else is refused with 400. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(badRequest({ field: '', description: 'the body is not JSON' }));
  }
}

/** Reads a body against a schema, or refuses it with 400 and a violation per field. */
export function parseBody<const S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, body ?? {}, { abortPipeEarly: true });
  if (parsed.success) return parsed.output;
  throw new Refusal(badRequest(...parsed.issues.map(violation)));
}

function violation(issue: v.GenericIssue): FieldViolation {
  const field = v.getDotPath(issue) ?? '';
  const missing = issue.kind === 'schema' && issue.received === 'undefined';
  return { field, description: missing ? 'value is required' : issue.message };
}

/** A name as the API requires it. */
export const requiredName = v.pipe(v.string(), v.nonEmpty('value is required'));

/** An RFC 3339 date-time with its zone, or null; comes out in UTC. */
export const optionalInstant = v.exactOptional(
  v.nullable(
    v.pipe(
      v.string(),
      v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/, 'not an RFC 3339 date-time'),
      v.check(text => !Number.isNaN(Date.parse(text)), 'not an RFC 3339 date-time'),
      v.transform(text => new Date(text).toISOString()),
    ),
  ),
);

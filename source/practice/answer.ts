/** What goes back to the caller: a status, headers, and a body already written out. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One field of a request that won't do (API facts, section 7). */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** Thrown where a request is refused; carries the answer. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

function json(status: number, body: unknown): Answer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function envelope(status: number, message: string, fieldViolations: readonly FieldViolation[] = []): Answer {
  return json(status, { message, fieldViolations });
}

function page(status: number, title: string): Answer {
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { status, headers: { 'Content-Type': 'text/html' }, body };
}

export const ok = (body: unknown): Answer => json(200, body);
export const created = (body: unknown): Answer => json(201, body);

/** Deletions of service accounts and their keys: 204 as a rule, 200 with `{}` is declared too. */
export const deleted = (status: 200 | 204): Answer =>
  status === 200 ? ok({}) : { status, headers: {}, body: '' };

export const badRequest = (...violations: readonly FieldViolation[]): Answer =>
  envelope(400, 'Bad Request', violations);
export const forbidden = (): Answer => envelope(403, 'Forbidden');
/** Without `fieldViolations`, as seen in the wild (API facts, section 7). */
export const notFound = (): Answer => json(404, { message: 'Not Found' });
export const serverError = (): Answer => envelope(500, 'Internal Server Error');
export const htmlPage = (): Answer => page(200, 'Welcome');

export function tooManyRequests(retryAfterSeconds: number): Answer {
  const answer = envelope(429, 'Too Many Requests');
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfterSeconds) } };
}

/** The body of a 401 is JSON at the API and HTML or plain text at the gateway before it (section 7). */
export function unauthorized(as: 'json' | 'html' | 'text'): Answer {
  switch (as) {
    case 'json':
      return envelope(401, 'Unauthorized');
    case 'html':
      return page(401, '401 Authorization Required');
    case 'text':
      return { status: 401, headers: { 'Content-Type': 'text/plain' }, body: '401 Authorization Required' };
  }
}

import type { IncomingMessage } from 'node:http';
import { types } from 'node:util';

/** A request in any of the forms frameworks hand out. */
export type WebhookRequest = Request | IncomingMessage | PlainRequest;

/** A request whose body was read already, as it came. */
export interface PlainRequest {
  readonly headers: Headers | IncomingMessage['headers'];
  readonly body: string | Uint8Array;
}

/** The raw body, or why it can't be had. */
export type RawBody = { readonly bytes: Buffer } | { readonly trouble: 'too-large' | 'body-unavailable' };

/** A header's value; undefined where it is absent, or there are several that can't be told apart. */
export function headerOf({ headers }: WebhookRequest, name: string): string | undefined {
  if (isHeaders(headers)) return headers.get(name) ?? undefined;
  const wanted = name.toLowerCase();
  const value = headers[wanted] ?? inAnyCase(headers, wanted);
  return typeof value === 'string' ? value : undefined;
}

/** Node writes every name in lower case; what is handed in by hand may be written otherwise. */
function inAnyCase(headers: IncomingMessage['headers'], wanted: string): string | undefined {
  const [only, another] = Object.entries(headers).filter(([name]) => name.toLowerCase() === wanted);
  return typeof only?.[1] === 'string' && another === undefined ? only[1] : undefined;
}

function isHeaders(headers: WebhookRequest['headers']): headers is Headers {
  return typeof headers.get === 'function';
}

/**
 * The body as it came, up to a limit in bytes. What a framework kept for us is taken from there (`rawBody`, or `body` as bytes or
 * text); what a parser has consumed is gone, and no re-serialized form stands in for it: that is not what was signed.
 */
export async function rawBodyOf(request: WebhookRequest, maxBytes: number): Promise<RawBody> {
  const kept = keptBody(request);
  if (kept) return kept.length > maxBytes ? { trouble: 'too-large' } : { bytes: kept };
  if ('bodyUsed' in request) return request.bodyUsed ? gone : readWeb(request, maxBytes);
  if ('readableDidRead' in request) return request.readableDidRead ? gone : readNode(request, maxBytes);
  return gone;
}

const gone = { trouble: 'body-unavailable' } as const;

function keptBody(request: WebhookRequest): Buffer | undefined {
  const candidates = [
    'rawBody' in request ? request.rawBody : undefined,
    'body' in request ? request.body : undefined,
  ];
  for (const body of candidates) {
    if (typeof body === 'string') return Buffer.from(body);
    if (types.isUint8Array(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  }
  return undefined;
}

async function readWeb(request: Request, maxBytes: number): Promise<RawBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) return { trouble: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return gone;
  }
  return { bytes: Buffer.concat(chunks, size) };
}

/** By events, since leaving a `for await` loop destroys the request, and with it the connection that a refusal is sent on. */
function readNode(request: IncomingMessage, maxBytes: number): Promise<RawBody> {
  const { promise, resolve } = Promise.withResolvers<RawBody>();
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = (result: RawBody) => {
    request.off('data', take).off('end', end).off('error', fail).off('close', fail);
    resolve(result);
  };
  const take = (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) return void chunks.push(chunk);
    request.pause();
    finish({ trouble: 'too-large' });
  };
  const end = () => finish({ bytes: Buffer.concat(chunks, size) });
  const fail = () => finish(gone);
  request.on('data', take).on('end', end).on('error', fail).on('close', fail);
  return promise;
}

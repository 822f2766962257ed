import type { IncomingMessage } from 'node:http';
import { hiddenValue } from './credential-fields.ts';
import { forbidden, malformed, type Refusal } from './refusal.ts';

/** Bodies up to this many bytes are read whole before anything is sent, so that they can be sent again with a new key. */
const wholeUpTo = 64 * 1024;
/** And up to this many where it has to be looked into. */
const mostToLookInto = 1024 * 1024;

export type RequestBody = Buffer | IncomingMessage | undefined;

/**
 * A request's body: whole where it is small or has to be looked into, and else the request itself, to be sent on as it comes.
 * @returns a refusal for one that would write hidden values over the credentials they stand for.
 */
export async function requestBody(
  request: IncomingMessage,
  length: number | undefined,
  { mayHoldHidden }: { readonly mayHoldHidden: boolean },
): Promise<{ readonly body: RequestBody } | { readonly refusal: Refusal }> {
  if (length === 0) return { body: undefined };
  if (!mayHoldHidden && (length === undefined || length > wholeUpTo)) return { body: request };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > mostToLookInto) return { refusal: malformed('The body is too large for this route') };
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return mayHoldHidden && holdsHidden(body) ? { refusal: wouldDestroy } : { body };
}

/** Also where a writer escaped it: JSON may write any character as `\u0028`. */
function holdsHidden(body: Buffer): boolean {
  const text = body.toString();
  return (
    text.includes(hiddenValue) ||
    text
      .replaceAll(/\\u([0-9a-f]{4})/gi, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
      .includes(hiddenValue)
  );
}

const wouldDestroy: Refusal = forbidden(
  'masked-value',
  `The body holds "${hiddenValue}", which stands for a credential that the broker did not show; written back, it would take the credential's place.`,
  'leave that field out, or run this one step without --broker',
);

import { createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { secretPrefix } from '../secrets/secret-prefix.ts';
import { type HmacSecret, hmac } from './signature.ts';

/** The headers of the Standard Webhooks specification: what is signed is `<id>.<timestamp>.<body>`. */
export const standardHeaders = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

/** A webhook as it is signed. */
export interface SignedParts {
  /** Unique; the same when it is sent again. No full stop: that is what separates the parts. */
  readonly id: string;
  /** Unix time in seconds. */
  readonly timestamp: number;
  readonly body: string | Uint8Array;
}

const version = 'v1';
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2,3}={0,2}|[A-Za-z0-9+/]{4})$/;
/** Without a full stop, so that no two webhooks are signed alike. */
const idShape = /^[\x21-\x2d\x2f-\x7e]{1,200}$/;

export const isWebhookId = (id: string): boolean => idShape.test(id);

/**
 * The three headers that prove a webhook, by the Standard Webhooks specification, so that any of its libraries verifies it.
 * @param secret `whsec_` and base64 stand for the bytes behind them; any other string for its UTF-8 bytes; a key of
 * {@link signingKey} for its secret. While one takes the place of another, both: whoever knows either verifies it.
 * @throws TypeError for an empty secret or an id that can't be signed unambiguously.
 */
export function signWebhook(
  { id, timestamp, body }: SignedParts,
  secret: SigningSecret | readonly SigningSecret[],
): Readonly<Record<(typeof standardHeaders)[keyof typeof standardHeaders], string>> {
  if (!isWebhookId(id))
    throw new TypeError('A webhook id is 1 to 200 printable characters without a full stop.');
  const secrets = isList(secret) ? secret : [secret];
  if (secrets.length === 0) throw new TypeError('There is no webhook secret to sign with.');
  const signatures = secrets.map(one => {
    const key = typeof one === 'string' ? standardKey(one) : one;
    return `${version},${hmac(key, `${id}.${timestamp}.`, body).toString('base64')}`;
  });
  return {
    [standardHeaders.id]: id,
    [standardHeaders.timestamp]: String(timestamp),
    [standardHeaders.signature]: signatures.join(' '),
  };
}

type SigningSecret = HmacSecret | KeyObject;

const isList = (secret: SigningSecret | readonly SigningSecret[]): secret is readonly SigningSecret[] =>
  Array.isArray(secret);

/** Whether one of the signatures in a `webhook-signature` header, which are separated by spaces, is right. */
export function isSignedBy(
  header: string,
  { id, timestamp, body }: Omit<SignedParts, 'timestamp'> & { readonly timestamp: string },
  secret: HmacSecret,
): boolean {
  const mac = hmac(standardKey(secret), `${id}.${timestamp}.`, body);
  const expected = Buffer.from(`${version},${mac.toString('base64')}`);
  // Every one is looked at, so that the time tells nothing; a header has room for few.
  const verdicts = header.split(' ').map(given => {
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
  return verdicts.includes(true);
}

/** The key of a secret that signs often: made from the secret each time, it costs more than the signature. */
export function signingKey(secret: string): KeyObject {
  const key = standardKey(secret);
  return createSecretKey(typeof key === 'string' ? Buffer.from(key) : key);
}

/** What the specification's libraries take for the key; never empty. */
function standardKey(secret: HmacSecret): HmacSecret {
  if (typeof secret !== 'string' || !secret.startsWith(secretPrefix)) return secret;
  const encoded = secret.slice(secretPrefix.length);
  return base64.test(encoded) ? Buffer.from(encoded, 'base64') : secret;
}

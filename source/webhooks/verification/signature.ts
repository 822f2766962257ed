import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { types } from 'node:util';

/** A secret as HMAC takes it: a string stands for its UTF-8 bytes, whatever it looks like. */
export type HmacSecret = string | Uint8Array;

const prefix = 'sha256=';
const hex = /^[0-9a-fA-F]{64}$/;
const base64 = /^[A-Za-z0-9+/]{43}=?$/;
const base64url = /^[A-Za-z0-9_-]{43}=?$/;

/**
 * Whether a webhook's signature is the HMAC-SHA-256 of its payload under the secret.
 *
 * Cast AI signs nothing (section 6.2 of the API facts): this is for what `castkeys webhook relay` and other senders sign.
 *
 * @param payload the body as it came, before anything parsed it: bytes, or a string that stands for its UTF-8 bytes.
 * @param signature 64 hex digits, or base64 (either alphabet, padded or not); `sha256=` before it or not.
 * @param secret the shared secret; an empty one verifies nothing, since anybody knows it.
 * @returns false for a wrong signature and for anything of a wrong type, length or alphabet. Never throws. The time it
 * takes does not tell where a signature is wrong.
 */
export function verifyWebhookSignature(
  payload: string | Uint8Array,
  signature: string | null | undefined,
  secret: HmacSecret,
): boolean {
  const given = signatureBytes(signature);
  if (given === undefined || !isBytes(payload) || !isSecret(secret)) return false;
  try {
    return timingSafeEqual(createHmac('sha256', secret).update(payload).digest(), given);
  } catch {
    // What passes for bytes and can't be read: a buffer that was transferred away, or is too large for OpenSSL.
    return false;
  }
}

/** The HMAC-SHA-256 of a payload, 32 bytes. Throws for an empty secret: it would sign as anybody can. */
export function hmac(secret: HmacSecret | KeyObject, ...parts: readonly (string | Uint8Array)[]): Buffer {
  if (!types.isKeyObject(secret) && !isSecret(secret))
    throw new TypeError('A webhook secret must not be empty.');
  const mac = createHmac('sha256', secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** `sha256=` and 64 hex digits: the form most senders use. */
export function signPayload(payload: string | Uint8Array, secret: HmacSecret): string {
  return `${prefix}${hmac(secret, payload).toString('hex')}`;
}

/** The 32 bytes a signature stands for; undefined for what stands for none. */
export function signatureBytes(signature: unknown): Buffer | undefined {
  if (typeof signature !== 'string') return undefined;
  const text = signature.startsWith(prefix) ? signature.slice(prefix.length) : signature;
  if (hex.test(text)) return Buffer.from(text, 'hex');
  if (base64.test(text)) return canonical(text, 'base64');
  return base64url.test(text) ? canonical(text, 'base64url') : undefined;
}

/** 43 characters hold two bits more than 32 bytes; where those are set it is another text for the same bytes. */
function canonical(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding).slice(0, 43) === text.slice(0, 43) ? bytes : undefined;
}

const isBytes = (value: unknown): value is string | Uint8Array =>
  typeof value === 'string' || types.isUint8Array(value);

export const isSecret = (value: unknown): value is HmacSecret => isBytes(value) && value.length > 0;

import { randomBytes } from 'node:crypto';
import { looksLikeKey, readPastedKey } from '../../castai/castai.ts';
import { Secret } from '../../keychain/secret.ts';
import { secretPrefix } from './secret-prefix.ts';

/** 256 bits: as many as the MAC has. */
const bytes = 32;

/** Fewer characters than this, even if each were random, are fewer than the 128 bits that nobody guesses. */
const strongFrom = 24;

/** Makes a webhook secret: 32 random bytes, as `whsec_` and base64. */
export function makeWebhookSecret(): Secret {
  return new Secret(`${secretPrefix}${randomBytes(bytes).toString('base64')}`);
}

/**
 * Reads a webhook secret from a paste, a line of standard input or a variable. What no header can carry is a problem, and
 * so is an API key: Cast AI would send it to the webhook's address.
 */
export function readWebhookSecret(text: string): { readonly secret: Secret } | { readonly problem: string } {
  const read = readPastedKey(text);
  if ('problem' in read) return { problem: read.problem.replace('which no key is', 'which no secret is') };
  if (looksLikeKey(read.secret.reveal()) !== 'current') return { secret: read.secret };
  return { problem: 'That is an API key. A webhook secret is sent to whoever receives the webhook.' };
}

/** Why a secret is easily guessed, in words; undefined where it isn't. */
export function weaknessOf(secret: Secret): string | undefined {
  const value = secret.reveal();
  if (value.length < strongFrom) return `it has fewer than ${strongFrom} characters`;
  if (new Set(value).size < 8) return 'it is made of the same few characters';
  return undefined;
}

import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { type Identity, type Recipient, Stanza } from 'age-encryption';
import { CastkeysError } from '../../errors.ts';
import type { Secret } from '../secret.ts';

/*
 * The scrypt recipient of the age format (C2SP/age, "The scrypt recipient type"). age-encryption has one of its own, but it
 * blocks the event loop for 1.1 s; node's scrypt takes 0.75 s on another thread and the terminal stays alive.
 */

/** Base-2 logarithm of the scrypt work: what the `age` program uses. */
export const usualWorkFactor = 18;

/** What the `age` program accepts. A file that asks for more is meant to keep the machine busy (4 GiB of memory at 22). */
const greatestWorkFactor = 22;

const label = 'age-encryption.org/v1/scrypt';
const saltBytes = 16;
const cipher = 'chacha20-poly1305';
const tagBytes = 16;
const fileKeyBytes = 16;
/** Each wrapping key is used once, so the format fixes the nonce at zero. */
const nonce = Buffer.alloc(12);

/** Encrypts to a passphrase. `workFactor` below 18 is for tests. */
export function passphraseRecipient(passphrase: Secret, workFactor = usualWorkFactor): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(saltBytes);
      const key = await wrappingKey(passphrase, salt, workFactor);
      const seal = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      const body = Buffer.concat([seal.update(fileKey), seal.final(), seal.getAuthTag()]);
      return [new Stanza(['scrypt', withoutPadding(salt), String(workFactor)], new Uint8Array(body))];
    },
  };
}

/** Decrypts with a passphrase. Throws `passphrase-wrong`; other errors mean that the file is no good. */
export function passphraseIdentity(passphrase: Secret): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const stanza = stanzas.find(({ args }) => args[0] === 'scrypt');
      if (!stanza) return null;
      if (stanzas.length > 1) throw new Error('it mixes a passphrase with other recipients');
      const { salt, workFactor } = parseArguments(stanza.args);
      if (stanza.body.length !== fileKeyBytes + tagBytes) throw new Error('its scrypt stanza is malformed');
      const key = await wrappingKey(passphrase, salt, workFactor);
      return open(stanza.body, key);
    },
  };
}

function open(body: Uint8Array, key: Buffer): Uint8Array {
  const opener = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  opener.setAuthTag(body.subarray(fileKeyBytes));
  try {
    return new Uint8Array(Buffer.concat([opener.update(body.subarray(0, fileKeyBytes)), opener.final()]));
  } catch (cause) {
    throw new CastkeysError(
      'passphrase-wrong',
      'That is not the passphrase of the encrypted file. Nothing was changed.',
      'try again with the right one',
      { cause },
    );
  }
}

function parseArguments([, salt = '', work = '', ...others]: readonly string[]): {
  readonly salt: Buffer;
  readonly workFactor: number;
} {
  const bytes = Buffer.from(salt, 'base64');
  const isCanonical = bytes.length === saltBytes && withoutPadding(bytes) === salt;
  if (!isCanonical || !/^[1-9][0-9]?$/.test(work) || others.length > 0)
    throw new Error('its scrypt stanza is malformed');
  const workFactor = Number(work);
  if (workFactor > greatestWorkFactor) throw new Error(`its scrypt work factor, ${work}, is too high`);
  return { salt: bytes, workFactor };
}

function wrappingKey(passphrase: Secret, salt: Buffer, workFactor: number): Promise<Buffer> {
  const cost = { N: 2 ** workFactor, r: 8, p: 1 };
  // The work takes 128 * N * r bytes; node's default ceiling of 32 MiB is below that of work factor 15.
  const options = { ...cost, maxmem: 128 * (cost.N + 2) * cost.r + 1024 * 1024 };
  const salted = Buffer.concat([Buffer.from(label), salt]);
  return new Promise((resolve, reject) => {
    scrypt(passphrase.reveal(), salted, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function withoutPadding(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

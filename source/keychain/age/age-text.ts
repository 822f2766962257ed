import { armor, Decrypter, Encrypter, type Identity, type Recipient } from 'age-encryption';
import { CastkeysError } from '../../errors.ts';

/** Encrypts text into an armored age file. */
export async function sealText(text: string, recipient: Recipient | string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(text));
}

/**
 * The text in an age file, armored or not: `age` may have rewritten it. Throws what the identity throws as a
 * {@link CastkeysError}, and else an error that completes "the file is damaged: …".
 */
export async function openText(file: Buffer, identity: Identity | string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(binary(file), 'text');
  } catch (error) {
    if (error instanceof CastkeysError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(/no identity matched/.test(message) ? 'it is encrypted to somebody else' : message);
  }
}

function binary(file: Buffer): Uint8Array {
  const start = file.toString('latin1', 0, 40).trimStart();
  if (start.startsWith('age-encryption.org/')) return new Uint8Array(file);
  if (start.startsWith('-----BEGIN AGE ENCRYPTED FILE-----')) return armor.decode(file.toString('latin1'));
  throw new Error('it is no age file');
}

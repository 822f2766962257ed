import { CastkeysError } from '../errors.ts';
import { type Keychain, troubleError } from '../keychain/keychain.ts';
import type { Secret } from '../keychain/secret.ts';

/**
 * The value of a credential.
 * @throws CastkeysError `secret-absent`, or the keychain's trouble by name.
 */
export async function readSecret(keychain: Keychain, id: string): Promise<Secret> {
  const result = await keychain.read({ kind: 'credential', id });
  if (result.state === 'value') return result.secret;
  if (result.state !== 'absent') throw troubleError(result);
  throw new CastkeysError(
    'secret-absent',
    'The key is registered, but the keychain no longer has it; somebody removed the entry. What is registered was left as it is.',
    'store a key again: castkeys keys add --replace',
  );
}

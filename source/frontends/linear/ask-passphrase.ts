import password from '@inquirer/password';
import { CastkeysError } from '../../errors.ts';
import { Secret } from '../../keychain/secret.ts';

/** Asks for the passphrase of the encrypted file on a terminal, outside any wizard. Nothing of it is shown. */
export async function askPassphrase(streams: {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}): Promise<Secret> {
  try {
    const typed = await password(
      // Without `toggleMask: false` Ctrl+T would show it.
      { message: 'Passphrase of the encrypted file', toggleMask: false },
      { input: streams.stdin, output: streams.stderr, signal: streams.signal, clearPromptOnDone: true },
    );
    return new Secret(typed);
  } catch (thrown) {
    throw new CastkeysError('cancelled', 'Cancelled. Nothing was changed.', 'run the same command again', {
      cause: thrown,
    });
  }
}

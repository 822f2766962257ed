import { CastkeysError } from '../../errors.ts';
import { Secret } from '../../keychain/secret.ts';
import { Keyboard } from './keyboard.ts';
import { readLine } from './line-reader.ts';

/** Asks for the passphrase of the encrypted file on a terminal, outside any wizard. Nothing of it is shown. */
export async function askPassphrase(streams: {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}): Promise<Secret> {
  const interruption = new AbortController();
  const keyboard = new Keyboard({ stdin: streams.stdin, onInterrupt: () => interruption.abort() });
  const signal = AbortSignal.any([streams.signal, interruption.signal]);
  try {
    for (;;) {
      streams.stderr.write('Passphrase of the encrypted file (not shown): ');
      const typed = await readLine({ keyboard, signal, write: text => streams.stderr.write(text) });
      if (typed.type === 'line') return new Secret(typed.text);
      if (typed.type !== 'again') throw cancelled();
    }
  } finally {
    keyboard.close();
  }
}

function cancelled(): CastkeysError {
  return new CastkeysError('cancelled', 'Cancelled. Nothing was changed.', 'run the same command again');
}

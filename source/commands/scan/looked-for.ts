import { asCastkeysError, exitCode, exitCodes } from '../../errors.ts';
import { loadKnownKeys, onlyShape, Recogniser } from '../../leaks/leaks.ts';
import type { Call } from '../command.ts';
import type { Session } from '../session.ts';

/** What is looked for, and who knows it: the keychain is opened at the first need. */
export function lookedFor(call: Call, { install }: Session) {
  if (call.flags.has('shape-only')) return { wanted: [], recogniser: async () => new Recogniser(onlyShape) };
  const isHook = call.flags.has('staged') || call.flags.text('pushing') !== undefined;
  let opened: Promise<Recogniser> | undefined;
  return {
    wanted: Object.keys(install.config()?.credentials ?? {}),
    recogniser: () => {
      opened ??= loadKnownKeys(install)
        .catch(thrown => (isHook ? withoutKeychain(call, thrown) : Promise.reject(thrown)))
        .then(known => new Recogniser(known));
      return opened;
    },
  };
}

/** A keychain that is locked holds up no commit: every key of today has the shape, whosever it is. */
function withoutKeychain({ streams }: Call, thrown: unknown) {
  const { code, message } = asCastkeysError(thrown);
  if (exitCodes[code] !== exitCode.keychain) throw thrown;
  streams.stderr.write(`${message} Only the shape of a key was looked for.\n`);
  return onlyShape;
}

import { CastkeysError } from '../../errors.ts';
import { ask, type Flow, note, secret, select, step } from '../../flow/flow.ts';
import { troubleError } from '../../keychain/keychain.ts';
import { Secret } from '../../keychain/secret.ts';
import type { World } from './world.ts';

const shortestPassphrase = 8;

/** Comes to a store that was written to, read back and cleaned up, or to the person's decision to stop. */
export function* openStore(world: World): Flow<'keychain' | 'file'> {
  if (yield* step(lookAtStore(world))) {
    yield* unlockFile(world, { isNew: false });
    return 'file';
  }
  for (;;) {
    try {
      yield* step(probe(world));
      return 'keychain';
    } catch (error) {
      // Never silently, and never plaintext: why, what else there is, and the person decides.
      yield* note(error instanceof CastkeysError ? error.next : String(error), 'warning');
      const instead = yield* ask(
        select({
          id: 'keychain.trouble',
          message: 'The keychain can not be used. What now?',
          help: 'An encrypted file protects keys at rest with a passphrase that you type; the keychain is better where there is one.',
          choices: [
            { value: 'retry', title: 'Try again', hint: 'after you mended it in another window' },
            { value: 'file', title: 'Use an encrypted file', hint: 'age format, with a passphrase' },
            { value: 'stop', title: 'Stop here', hint: 'nothing was changed' },
          ],
        }),
      );
      if (instead === 'stop') throw error;
      if (instead === 'retry') continue;
      yield* step(agreeToFile(world));
      yield* unlockFile(world, { isNew: true });
      return 'file';
    }
  }
}

const lookAtStore = ({ install }: World) => ({
  id: 'store.look',
  title: 'Look where keys are kept',
  readOnly: true,
  isQuiet: true,
  run: () => install.usesFile(),
});

const probe = ({ install }: World) => ({
  id: 'keychain.probe',
  title: 'Try the keychain',
  readOnly: true,
  run: async () => {
    const keychain = await install.keychain();
    const result = await keychain.probe();
    if (result.state === 'usable') return result.evidence;
    await install.close();
    throw troubleError(result);
  },
  summary: (evidence: string) => evidence,
});

function* unlockFile(world: World, { isNew }: { readonly isNew: boolean }): Flow<void> {
  if (yield* step(lookForPassphrase(world))) {
    yield* step(openFile(world, undefined));
    return;
  }
  for (;;) {
    const typed = yield* ask(passphraseQuestion(isNew));
    if (isNew) yield* ask(repeatQuestion(typed));
    try {
      yield* step(openFile(world, typed));
      return;
    } catch (error) {
      if (!(error instanceof CastkeysError) || error.code !== 'passphrase-wrong') throw error;
    }
  }
}

const lookForPassphrase = ({ install }: World) => ({
  id: 'store.look-for-passphrase',
  title: 'Look for the passphrase',
  readOnly: true,
  isQuiet: true,
  run: () => install.passphrase.isKnown,
});

const openFile = (world: World, typed: Secret | undefined) => ({
  ...probe(world),
  id: 'store.open',
  title: 'Open the encrypted file',
  run: async () => {
    if (typed) world.install.passphrase.give(typed);
    return probe(world).run();
  },
});

const passphraseQuestion = (isNew: boolean) =>
  secret({
    id: 'store.passphrase',
    message: isNew ? 'Choose a passphrase' : 'Passphrase of the encrypted file',
    help: 'It protects every key in the file. castkeys keeps it nowhere: lost, the keys in the file are lost.',
    read: readPassphrase,
  });

const repeatQuestion = (first: Secret) =>
  secret({
    id: 'store.passphrase-again',
    message: 'The same once more',
    read: typed => {
      const again = readPassphrase(typed);
      if ('problem' in again || again.secret.reveal() === first.reveal()) return again;
      return { problem: 'That is not the same. Esc goes back to the first one.' };
    },
  });

function readPassphrase(typed: string): { readonly secret: Secret } | { readonly problem: string } {
  const passphrase = typed.replace(/\r?\n$/, '');
  if (passphrase.length >= shortestPassphrase) return { secret: new Secret(passphrase) };
  return { problem: `A passphrase has at least ${shortestPassphrase} characters.` };
}

const agreeToFile = ({ install }: World) => ({
  id: 'store.agree',
  title: 'Remember that keys go to the encrypted file',
  run: async () => {
    const before = install.config()?.store;
    await install.update(config => ({ ...config, store: 'file' }));
    return before;
  },
  undo: async (before: 'keychain' | 'file' | undefined) => {
    await install.update(({ store: _, ...config }) => ({ ...config, ...(before ? { store: before } : {}) }));
  },
});

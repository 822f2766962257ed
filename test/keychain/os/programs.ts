/** What castkeys does with the keychain, as whole programs that tests can start, kill and wait for. Argument: which. */

import { join } from 'node:path';
import { withLock } from '../../../source/home/home.ts';
import { loadFingerprinter } from '../../../source/keychain/keychain.ts';
import { findChildScript } from '../../../source/keychain/os/child-path.ts';
import { startKeychainChild } from '../../../source/keychain/os/keychain-child.ts';
import { osKeychain } from '../../../source/keychain/os/os-keychain.ts';
import { Secret } from '../../../source/keychain/secret.ts';

const entry = { kind: 'credential', id: 'of-a-program' } as const;
const programs: Readonly<Record<string, () => Promise<void>>> = {
  /** Starts the child early, and then has no use for it. */
  start: async () => {
    startKeychainChild({ childPath: findChildScript() });
    process.stdout.write('started\n');
  },
  /** Reads, and is done; closes nothing. */
  read: async () => {
    const { state } = await osKeychain({ installId: 'install' }).read(entry);
    process.stdout.write(`${state}\n`);
  },
  /** Reads once, then again when told to, and says when no answer comes. */
  wait: async () => {
    const keychain = osKeychain({ installId: 'install', patience: 'prompt' });
    await keychain.read(entry);
    process.stdout.write('ready\n');
    process.stdin.once('data', () => {
      void keychain.read(entry);
      setTimeout(() => process.stdout.write('waiting\n'), 100);
    });
    process.stdin.on('end', () => process.exit(7));
  },
  /** Writes an entry of its own, then makes a fingerprint under the install's master key, which is made if need be. */
  write: async () => {
    const lock = join(process.env['XDG_RUNTIME_DIR'] ?? '', 'secrets.lock');
    const keychain = osKeychain({ installId: 'install', withLock: work => withLock(lock, work) });
    await keychain.write({ kind: 'credential', id: `of-process-${process.pid}` }, new Secret('value'));
    const fingerprint = await loadFingerprinter(keychain, { create: true });
    process.stdout.write(`${fingerprint(new Secret('the same for all'))}\n`);
  },
};

await programs[process.argv[2] ?? '']?.();

import type { Examination, Machine } from './examination.ts';
import { clock } from './examinations/clock.ts';
import { colours } from './examinations/colours.ts';
import { encryptedFile } from './examinations/encrypted-file.ts';
import { fileModes } from './examinations/file-modes.ts';
import { git } from './examinations/git.ts';
import { keychain } from './examinations/keychain.ts';
import { leftovers } from './examinations/leftovers.ts';
import { locale } from './examinations/locale.ts';
import { network } from './examinations/network.ts';
import { otherPrograms } from './examinations/other-programs.ts';
import { registeredKeys } from './examinations/registered-keys.ts';
import { settings } from './examinations/settings.ts';
import { store } from './examinations/store.ts';
import { terminal } from './examinations/terminal.ts';
import { versions } from './examinations/versions.ts';

/** The doctor's list, in order. There is one network line an address. */
export function examinations(machine: Machine): readonly Examination[] {
  return [
    settings,
    store,
    keychain,
    encryptedFile,
    registeredKeys,
    leftovers,
    fileModes,
    ...machine.addresses.map(network),
    clock,
    terminal,
    colours,
    locale,
    git,
    versions,
    otherPrograms,
  ];
}

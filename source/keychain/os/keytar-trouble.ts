import { printable } from '../../printable.ts';
import { type Diagnosis, orUseFile } from '../diagnosis.ts';
import type { Trouble } from '../keychain.ts';

/** Why keytar can't be loaded, from what `require` and the system's loader said. */
export function diagnoseUnloadable(message: string): Diagnosis {
  if (/libsecret/.test(message)) {
    return {
      state: 'unavailable',
      reason: 'libsecret is not installed, so the keychain of this system cannot be reached',
      fix: `apt-get install libsecret-1-0 (Fedora: dnf install libsecret; Alpine: apk add libsecret), ${orUseFile}`,
    };
  }
  const platform = `${process.platform}-${process.arch}`;
  if (/Cannot find (module|package)/.test(message)) {
    return {
      state: 'unavailable',
      reason: `the keychain module is not installed (optional dependency keytar, ${platform})`,
      fix: `npm install --include=optional, ${orUseFile}`,
    };
  }
  return {
    state: 'unavailable',
    reason: `the keychain module cannot be loaded on ${platform}: ${printable(message)}`,
    fix: `castkeys doctor, ${orUseFile}`,
  };
}

const rules: readonly (readonly [pattern: RegExp, state: Trouble, fix: string])[] = [
  // gnome-keyring, KWallet and KeePassXC through libsecret
  [/locked collection|is locked|dismissed|prompt was/i, 'locked', `unlock the keyring, ${orUseFile}`],
  [
    /Object does not exist|No such interface|no such (secret )?collection/i,
    'unavailable',
    `create a default keyring, ${orUseFile}`,
  ],
  // macOS: -25308, -128, -25293 and the missing keychains -25291, -25294, -25307
  [/interaction is not allowed/i, 'locked', `security unlock-keychain, ${orUseFile}`],
  [
    /cancell?ed|passphrase you entered|not allowed|denied|authori[sz]ation|authentication/i,
    'denied',
    'allow castkeys when the system asks',
  ],
  [/(no|default|specified) keychain/i, 'unavailable', `security default-keychain, ${orUseFile}`],
];

/**
 * What an error of keytar's means. It passes on no code, only the system's sentence (on macOS in the user's language), so an
 * unknown one is `denied` on macOS, where the keychain itself is always there, and `unavailable` elsewhere.
 */
export function diagnoseError(message: string, platform: NodeJS.Platform = process.platform): Diagnosis {
  const reason = `the keychain answered: ${printable(message)}`;
  const rule = rules.find(([pattern]) => pattern.test(message));
  if (rule) return { state: rule[1], reason, fix: rule[2] };
  const state = platform === 'darwin' ? 'denied' : 'unavailable';
  return { state, reason, fix: `castkeys doctor, ${orUseFile}` };
}

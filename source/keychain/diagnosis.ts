import type { Trouble } from './keychain.ts';

/** A store of secrets in trouble: which, why, and what a person can do, with the command where there is one. */
export interface Diagnosis {
  readonly state: Trouble;
  readonly reason: string;
  readonly fix: string;
  /** True where the call may have been carried out all the same. */
  readonly undecided?: boolean;
}

/** What can be seen of a store of secrets without opening it or asking anybody for a password. */
export interface Glance {
  /** What people call it: `gnome-keyring`, `the macOS keychain`. */
  readonly name: string;
  /** What stands in the way of using it, as far as that shows. */
  readonly obstacle: Diagnosis | undefined;
}

/** The other way, wherever the OS keychain is of no use. */
export const orUseFile = 'or keep the keys in an encrypted file: CASTKEYS_STORE=file';

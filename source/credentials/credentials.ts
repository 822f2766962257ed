/** Credentials from their verification to the keychain and back. */
export { type Install, type InstallOptions, openInstall } from './install.ts';
export { Passphrase } from './passphrase.ts';
export { readSecret } from './read-secret.ts';
export {
  dropCredential,
  idAt,
  type Place,
  pointTo,
  type Stored,
  storeCredential,
  unstoreCredential,
} from './store-credential.ts';
export { organizationOf, type VerifiedKey, verifyKeyFor } from './verify-key-for.ts';

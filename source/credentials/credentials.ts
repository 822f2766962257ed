/** Credentials from their verification to the keychain and back. */
export {
  dropCredential,
  type Place,
  pointTo,
  type Stored,
  storeCredential,
  unstoreCredential,
} from './store-credential.ts';
export { organizationOf, type VerifiedKey, verifyKeyFor } from './verify-key-for.ts';

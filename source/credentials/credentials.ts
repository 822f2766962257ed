/** Credentials from their verification to the keychain and back. */
export { adoptKey, unadoptKey } from './adopt.ts';
export { type Candidates, findCandidates } from './candidates.ts';
export { enteringRefusal } from './credential-entries.ts';
export { currentKey } from './current-key.ts';
export type { FoundKey } from './owner-keys.ts';
export { idAt, type Place, pointTo, succeed, withRetired } from './place.ts';
export { recogniseKey } from './recognise-key.ts';
export { dropCredential, type Stored, storeCredential, unstoreCredential } from './store-credential.ts';
export { organizationOf, type VerifiedKey, verifyKeyFor } from './verify-key-for.ts';

/**
 * The tamper-evident log. Each entry is chained to the one before by its hash and has a MAC under a key from the
 * keychain, where the end of the chain is anchored, too.
 */
export { enter, enterAround, enterDone } from './enter.ts';
export { enterEdit } from './enter-edit.ts';
export type { Metadata } from './entry.ts';
export { aboutProfile, adminResource, credentialResource, keyResource, profileResource } from './resource.ts';

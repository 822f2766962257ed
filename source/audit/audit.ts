/**
 * The tamper-evident log. Each entry is chained to the one before by its hash and has a MAC under a key from the
 * keychain, where the end of the chain is anchored, too.
 */

export { csvHeading, csvRow } from './csv.ts';
export { enter, enterAround, enterAs, enterDone } from './enter.ts';
export { enterEdit } from './enter-edit.ts';
export type { Entry, Metadata, Result } from './entry.ts';
export { follow } from './follow.ts';
export { headLine, parseHeadLine } from './head-line.ts';
export { type EntryFilter, readEntries, readLines } from './read-log.ts';
export { type Reconciled, reconcile } from './reconcile.ts';
export {
  aboutProfile,
  adminResource,
  credentialResource,
  keyResource,
  profileResource,
} from './resource.ts';
export { isSealOf, sealText } from './seal-text.ts';
export { problemKinds } from './verify/problem.ts';
export type { Verdict } from './verify/verify.ts';
export { verifyExport, verifyLog } from './verify-log.ts';

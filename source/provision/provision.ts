/** Making a key at Cast AI that may do what its policy says and no more: service account, role binding, key. */
export { type PreparedAccount, prepareAccount, removeAccount } from './account.ts';
export { type Grant, grantFor } from './grant.ts';
export { type IssuedKey, issueKey, revokeIssued } from './issue-key.ts';
export { type Acceptance, waitUntilAccepted } from './wait-until-accepted.ts';

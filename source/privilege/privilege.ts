/** What a key may do at Cast AI, what its policy allows, and what it has too much. */
export { describeRights, excess } from './excess.ts';
export { observeRights } from './observe.ts';
export { policyAccount } from './policy-account.ts';
export type { Doubt } from './rights.ts';

/** Cast AI's API: one key, one origin, and three ways a question about a key can end. */
export { builtInRoles, type Group, type Role } from './access.ts';
export { CastaiError } from './castai-error.ts';
export { type CastaiClient, castaiClient } from './client.ts';

export type { ClientOptions, KeySource } from './connection.ts';
export { unreachable } from './failure-words.ts';

export { keyPrefix, looksLikeKey, redactKeys, strictKey } from './key-shape.ts';

export { troubleIn } from './network-trouble.ts';
export { ownerKind } from './owner-kind.ts';
export { readPastedKey } from './pasted-key.ts';
export { type Knock, knock } from './reachability.ts';
export {
  builtInRegions,
  originOf,
  readRegion,
  regionAt,
} from './regions.ts';

export type { Scope } from './role-binding-parts.ts';
export type { RoleBinding } from './role-bindings.ts';
export { type KeyOwner, type Verdict, verifyKey } from './verify-key.ts';
export type { WebhookConfiguration, WebhookWanted } from './webhook-configurations.ts';

/** Cast AI's API: one key, one origin, and three ways a question about a key can end. */
export { builtInRoles, type Group, type PermissionGroup, type Role } from './access.ts';
export { CastaiError } from './castai-error.ts';
export { type CastaiClient, castaiClient } from './client.ts';
export type { Cluster } from './clusters.ts';
export type { ClientOptions } from './connection.ts';
export type { FailureKind, FieldViolation, NetworkTrouble } from './failure.ts';
export type { Me, Organization } from './identity.ts';
export { keyPrefix, looksLikeKey, looseKey, redactKeys, strictKey } from './key-shape.ts';
export type { OwnerKind } from './owner-kind.ts';
export { type PastedKey, readPastedKey } from './pasted-key.ts';
export {
  type BuiltInRegion,
  builtInRegions,
  originOf,
  type Region,
  type RegionFacts,
  readRegion,
  regionAt,
} from './regions.ts';
export type { KnownScope, KnownSubject, Scope, Subject } from './role-binding-parts.ts';
export type { RoleBinding, RoleBindingFilter, RoleBindingWanted } from './role-bindings.ts';
export type {
  CreatedServiceAccountKey,
  OrganizationKey,
  ServiceAccountKey,
  ServiceAccountKeyWanted,
} from './service-account-keys.ts';
export type { ServiceAccount } from './service-accounts.ts';
export type { CreatedToken, Token, TokenWanted } from './tokens.ts';
export { type KeyOwner, type Verdict, type VerifyOptions, verifyKey } from './verify-key.ts';

import type { Secret } from '../keychain/secret.ts';

/** Whose a key is that castkeys knows. */
export interface KeyIdentity {
  /** Local id. */
  readonly credential: string;
  readonly profile?: string;
  readonly role?: string;
}

/** The keys that are looked for by value, and the retired ones by fingerprint. */
export interface KnownKeys {
  readonly own: readonly (KeyIdentity & { readonly secret: Secret })[];
  readonly retired: ReadonlyMap<string, KeyIdentity>;
  /** The fingerprint of this install; absent where it never made one. */
  readonly fingerprint?: (secret: Secret) => string;
}

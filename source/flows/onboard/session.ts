import type { VerifiedKey } from '../../credentials/credentials.ts';
import type { PlaintextKey } from '../../plaintext/plaintext.ts';
import type { Config, OrganizationRef } from '../../profiles/profiles.ts';

/** How a key gets into a slot. */
export type Source = 'paste' | 'make' | 'later' | `import ${string}`;

/** What the onboarding knows by now and the next key may need. Never changed: each key hands on a new one. */
export interface Session {
  /** Profiles that are registered right before the first key gets into one: until then one can go back over everything. */
  readonly unregistered: Config['profiles'];
  /** Keys lying about that no slot has taken yet. */
  readonly plaintext: readonly PlaintextKey[];
  /** Where the last key came from: the next one probably, too. */
  readonly source: Source;
  /** Owners' keys that were given for making others, where they are good. */
  readonly admins: readonly AdminKey[];
}

export interface AdminKey {
  readonly verified: VerifiedKey;
  readonly organization: OrganizationRef;
}

/** A profile `dev` of the practice organization with keys in its slots, and perhaps an admin credential. */
import type { Check, Finding } from '../../../source/checklist/check.ts';
import type { Secret } from '../../../source/keychain/secret.ts';
import type { PracticeServer } from '../../../source/practice/practice.ts';
import type { Credential, Policy, Profile, Role } from '../../../source/profiles/profiles.ts';
import { aCredential, keychainWith, subjectOf, withSlots } from './subjects.ts';

export interface Practised {
  readonly keys: Partial<Readonly<Record<Role, Secret>>>;
  /** Default: none is stored. */
  readonly admin?: Secret;
  readonly policy?: Partial<Policy>;
  readonly environment?: Profile['environment'];
  /** What is recorded of the reader's key. */
  readonly recorded?: Partial<Credential>;
}

/** Measures one line of the checklist there. */
export async function measured(check: Check, server: PracticeServer, wanted: Practised): Promise<Finding> {
  const { keys, admin, policy, environment = 'development', recorded } = wanted;
  const { url: origin, organizationId } = server;
  const slots = Object.fromEntries(
    Object.keys(keys).map(role => [role, { origin, ...(role === 'reader' ? recorded : {}) }]),
  );
  const config = withSlots(slots, {
    environment,
    origin,
    organization: { id: organizationId },
    policy: { scopes: ['read:*'], clusters: [], maxAgeDays: 90, ...policy },
  });
  const keychain = await keychainWith({ ...keys, ...(admin ? { admin } : {}) });
  const administered = {
    ...config,
    credentials: { ...config.credentials, admin: aCredential({ origin }) },
    admins: { [`${origin} ${organizationId}`]: 'admin' },
  };
  const subject = subjectOf(admin ? administered : config, { keychain: async () => keychain });
  return check.measure(subject);
}

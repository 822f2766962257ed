import type { Subject } from '../../../source/checklist/check.ts';
import { openSubject } from '../../../source/checklist/checklist.ts';
import type { Keychain } from '../../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../../source/keychain/secret.ts';
import type { Config, Credential, Profile, Role } from '../../../source/profiles/profiles.ts';
import { aConfig, aProfile } from '../../profiles/support/configs.ts';
import { today } from '../../support/install.ts';
import { homeIn } from '../../support/temporary.ts';

/** A credential that was made and stored today; with whatever a test is about put over it. */
export function aCredential(over: Partial<Credential> = {}): Credential {
  return {
    origin: 'https://api.cast.ai',
    addedAt: today.toISOString(),
    createdAt: today.toISOString(),
    fingerprint: 'a fingerprint',
    store: 'memory',
    ...over,
  };
}

/** A profile `dev` whose slots hold these credentials, under their role as id. */
export function withSlots(
  slots: Partial<Record<Role, Partial<Credential>>>,
  over: Partial<Profile> = {},
): Config {
  const roles = Object.keys(slots);
  const profile = aProfile({ slots: Object.fromEntries(roles.map(role => [role, role])), ...over });
  const credentials = Object.fromEntries(
    Object.entries(slots).map(([role, credential]) => [role, aCredential(credential)]),
  );
  return aConfig({ dev: profile }, { credentials });
}

type SubjectOptions = Parameters<typeof openSubject>[0];

/** What the checks look at: the profile `dev` of a configuration. */
export function subjectOf(config: Config, over: Partial<SubjectOptions> = {}): Subject {
  const profile = config.profiles['dev'];
  if (!profile) throw new Error('there is no profile dev');
  const keychain = memoryKeychain();
  return openSubject({
    profileName: 'dev',
    profile,
    config,
    cwd: '/',
    home: homeIn('/nonexistent'),
    env: process.env,
    clock: () => today,
    keychain: async () => keychain,
    reach: async () => {},
    ...over,
  });
}

/** A keychain with these values under their credentials' ids. */
export async function keychainWith(values: Readonly<Record<string, Secret>>): Promise<Keychain> {
  const keychain = memoryKeychain();
  for (const [id, secret] of Object.entries(values)) await keychain.write({ kind: 'credential', id }, secret);
  return keychain;
}

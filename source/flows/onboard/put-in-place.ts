import { aboutProfile, enter, enterEdit, profileResource } from '../../audit/audit.ts';
import { regionAt } from '../../castai/castai.ts';
import {
  type Stored,
  storeCredential,
  unstoreCredential,
  type VerifiedKey,
} from '../../credentials/credentials.ts';
import type { Install } from '../../install/install.ts';
import {
  type Config,
  findProfile,
  type OrganizationRef,
  type Profile,
  type Role,
} from '../../profiles/profiles.ts';

/** Registers profiles, and makes the first the active one if there is none. */
export const register = (install: Install, profiles: Config['profiles']) => {
  const names = Object.keys(profiles);
  return {
    id: 'profile.register',
    title: `Register ${names.join(', ')}`,
    run: async () => {
      const before = install.config()?.activeProfile;
      await install.update(config => ({
        ...config,
        profiles: { ...config.profiles, ...profiles },
        ...(names[0] === undefined ? {} : { activeProfile: config.activeProfile ?? names[0] }),
      }));
      await enterAll(install, 'profile.added', profiles);
      return before;
    },
    undo: async (before: string | undefined) => {
      await install.update(({ activeProfile, ...config }) => {
        const others = Object.entries(config.profiles).filter(([name]) => !names.includes(name));
        const active = names.includes(activeProfile ?? '') ? before : activeProfile;
        return {
          ...config,
          profiles: Object.fromEntries(others),
          ...(active === undefined ? {} : { activeProfile: active }),
        };
      });
      await enterAll(install, 'profile.removed', profiles);
    },
  };
};

async function enterAll(
  install: Install,
  action: 'profile.added' | 'profile.removed',
  profiles: Config['profiles'],
): Promise<void> {
  await Promise.all(
    Object.entries(profiles).map(([name, profile]) =>
      enter(install, { action, resource: profileResource(name), metadata: aboutProfile(profile) }),
    ),
  );
}

/** Changes what is registered of a profile; comes to what it was before and is after. */
export const change = (
  install: Install,
  name: string,
  what: { readonly id: string; readonly title: string },
  to: (profile: Profile) => Profile,
) => ({
  ...what,
  isQuiet: true,
  run: async () => {
    const before = findProfile(install.config(), name);
    const config = await install.update(now => changed(now, name, to));
    const after = findProfile(config, name);
    await enterEdit(install, name, before, after);
    return { before, after };
  },
  undo: async ({ before, after }: { readonly before: Profile; readonly after: Profile }) => {
    await install.update(config => changed(config, name, () => before));
    await enterEdit(install, name, after, before);
  },
});

function changed(config: Config, name: string, to: (profile: Profile) => Profile): Config {
  const profile = config.profiles[name];
  return profile ? { ...config, profiles: { ...config.profiles, [name]: to(profile) } } : config;
}

/** Moves a profile to where its first key was found to work, which may be another region than the one first named. */
export const move = (install: Install, name: string, { origin }: VerifiedKey) =>
  change(install, name, { id: 'profile.move', title: 'Remember the region' }, profile => ({
    ...profile,
    origin,
    region: regionAt(origin)?.id ?? origin,
  }));

export interface KeyToStore {
  readonly install: Install;
  readonly name: string;
  readonly role: Role;
  readonly verified: VerifiedKey;
  readonly organization: OrganizationRef | undefined;
}

/** The checks that a new key changes. */
export const touchedByKey = [
  'keychain',
  'keys-live',
  'distinct-keys',
  'least-privilege',
  'service-account',
  'key-age',
];

/** Stores a key in a slot: written beside whatever is there, read back, then switched to. */
export const storeKey = ({ install, name, role, verified, organization }: KeyToStore) => {
  const slot = { kind: 'slot', profile: name, role } as const;
  return {
    id: 'key.store',
    title: `Store the ${role} key of ${name}, and read it back`,
    touches: touchedByKey,
    run: () =>
      storeCredential(install, {
        place: slot,
        secret: verified.secret,
        origin: verified.origin,
        verified,
        replace: true,
        ...(organization ? { organization } : {}),
      }),
    undo: (stored: Stored) => unstoreCredential(install, slot, stored),
    summary: () => 'stored, read back, compared',
  };
};

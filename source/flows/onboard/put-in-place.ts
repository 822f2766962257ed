import { regionAt } from '../../castai/castai.ts';
import {
  type Stored,
  storeCredential,
  unstoreCredential,
  type VerifiedKey,
} from '../../credentials/credentials.ts';
import type { Install } from '../../install/install.ts';
import type { OrganizationRef } from '../../profiles/profiles.ts';
import type { Place } from './choose-place.ts';

/** Registers the profile, and makes it the active one if there is none. */
export const register = (
  install: Install,
  { name, profile }: Place,
  verified: VerifiedKey,
  organization: OrganizationRef | undefined,
) => ({
  id: 'profile.register',
  title: `Register the profile ${name}`,
  run: async () => {
    const before = install.config()?.activeProfile;
    const registered = {
      ...profile,
      origin: verified.origin,
      region: regionOf(profile, verified),
      ...(organization ? { organization } : {}),
    };
    await install.update(config => ({
      ...config,
      profiles: { ...config.profiles, [name]: registered },
      activeProfile: config.activeProfile ?? name,
    }));
    return before;
  },
  undo: async (before: string | undefined) => {
    await install.update(({ activeProfile, profiles: { [name]: _, ...profiles }, ...config }) => {
      const active = activeProfile === name ? before : activeProfile;
      return { ...config, profiles, ...(active === undefined ? {} : { activeProfile: active }) };
    });
  },
  summary: () =>
    `${profile.environment}, ${organization?.name ?? organization?.id ?? 'organization not known'}`,
});

/** The region where the key was found to work, which may be another than the one first named. */
function regionOf(profile: Place['profile'], verified: VerifiedKey): string {
  if (verified.origin === profile.origin) return profile.region;
  return regionAt(verified.origin)?.id ?? verified.origin;
}

/** Stores the key in the profile's reader slot: written beside whatever is there, read back, then switched to. */
export const storeKey = (
  install: Install,
  place: Place,
  verified: VerifiedKey,
  organization: OrganizationRef | undefined,
) => {
  const slot = { kind: 'slot', profile: place.name, role: 'reader' } as const;
  return {
    id: 'key.store',
    title: 'Store the key, and read it back',
    touches: ['keychain', 'keys-live', 'distinct-keys', 'key-age'],
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

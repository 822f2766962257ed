import type { Config, Profile } from '../../../source/profiles/profiles.ts';

/** A profile of development, in the United States, without keys; with whatever a test is about put over it. */
export function aProfile(over: Partial<Profile> = {}): Profile {
  return {
    environment: 'development',
    region: 'us',
    origin: 'https://api.cast.ai',
    authorization: 'x-api-key',
    policy: { scopes: ['read:*'], clusters: [], maxAgeDays: 90 },
    slots: {},
    ...over,
  };
}

/** A configuration with these profiles. */
export function aConfig(profiles: Readonly<Record<string, Profile>>, over: Partial<Config> = {}): Config {
  return { version: 1, installId: 'install', profiles, credentials: {}, admins: {}, ...over };
}

import { enterDone, profileResource } from '../audit/audit.ts';
import { type Flow, step } from '../flow/flow.ts';
import type { Install } from '../install/install.ts';
import { type Config, findProfile, type OrganizationRef } from '../profiles/profiles.ts';

/** Writes down which organization a registered profile is for, where it doesn't name one yet. */
export function* rememberOrganization(
  install: Install,
  profileName: string,
  organization: OrganizationRef | undefined,
): Flow<void> {
  if (!organization) return;
  yield* step({
    id: 'organization.remember',
    title: `Remember the organization of ${profileName}`,
    isQuiet: true,
    run: async () => {
      const before = install.config()?.profiles[profileName]?.organization;
      if (before) return before;
      const change = async (to: OrganizationRef | undefined) => {
        await install.update(config => withOrganization(config, profileName, to));
      };
      await enterDone(
        install,
        {
          action: 'profile.changed',
          resource: profileResource(profileName),
          metadata: { organization: organization.id },
        },
        { work: () => change(organization), undo: () => change(undefined) },
      );
      return before;
    },
    undo: async (before: OrganizationRef | undefined) => {
      if (!before) await install.update(config => withOrganization(config, profileName, undefined));
    },
  });
}

function withOrganization(config: Config, name: string, organization: OrganizationRef | undefined): Config {
  const { organization: _, ...profile } = findProfile(config, name);
  const named = organization ? { ...profile, organization } : profile;
  return { ...config, profiles: { ...config.profiles, [name]: named } };
}

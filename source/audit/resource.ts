import type { Config, Profile } from '../profiles/profiles.ts';
import type { Metadata } from './entry.ts';

/** How entries name what they are about. */
export const profileResource = (profile: string): string => `profile:${profile}`;

/** What a reader knows a profile by. */
export function aboutProfile({ environment, region, origin, organization, policy }: Profile): Metadata {
  const { scopes, maxAgeDays, clusters } = policy;
  return {
    environment,
    region,
    origin,
    ...(organization ? { organization: organization.id } : {}),
    policy: { scopes, clusters, maxAgeDays },
  };
}

/** A key in its place: a role slot of a profile. */
export const keyResource = (profile: string, role: string): string => `key:${profile}/${role}`;

/** The admin credential of an organization. */
export const adminResource = (organizationId: string): string => `key:admin/${organizationId}`;

/** A key by its local id, named by the place that points to it, or did. */
export function credentialResource(config: Config | undefined, id: string): string {
  for (const [profile, { slots }] of Object.entries(config?.profiles ?? {})) {
    for (const [role, held] of Object.entries(slots)) if (held === id) return keyResource(profile, role);
  }
  const retired = config?.retired?.[id];
  if (retired?.profile !== undefined) return keyResource(retired.profile, retired.role);
  const admin = Object.entries(config?.admins ?? {}).find(([, held]) => held === id)?.[0];
  return admin === undefined ? `key:${id}` : adminResource(admin.split(' ')[1] ?? admin);
}

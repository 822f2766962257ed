import { organizationOf, type VerifiedKey } from '../../credentials/credentials.ts';
import { ask, askedOf, type Flow, select, step } from '../../flow/flow.ts';
import type { OrganizationRef, Profile } from '../../profiles/profiles.ts';

/** The organization a profile is for: its own, the only one the key reaches, or the one the person picks. */
export function* chooseOrganization(
  name: string,
  profile: Profile,
  verified: VerifiedKey,
): Flow<OrganizationRef | undefined> {
  const known = yield* step({
    id: 'organization.match',
    title: 'Look at the organization',
    readOnly: true,
    isQuiet: true,
    run: () => organizationOf(verified, profile.organization),
  });
  if (known || verified.organizations.length === 0) return known;
  const id = yield* ask(
    askedOf(
      name,
      select({
        id: 'profile.organization',
        message: `Which organization is ${name} for?`,
        help: 'The key reaches several; the first is its default.',
        choices: verified.organizations.map(({ id, name: title }) => ({
          value: id,
          title: title ?? id,
          hint: id,
        })),
        ...(verified.organizations[0] ? { fallback: verified.organizations[0].id } : {}),
      }),
    ),
  );
  return verified.organizations.find(organization => organization.id === id);
}

import { organizationOf, type VerifiedKey } from '../../credentials/credentials.ts';
import { ask, type Flow, select, step } from '../../flow/flow.ts';
import type { OrganizationRef } from '../../profiles/profiles.ts';
import type { Place } from './choose-place.ts';

/** The organization the profile is for: the profile's own, the only one the key reaches, or the one the person picks. */
export function* chooseOrganization(
  { profile }: Place,
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
    select({
      id: 'profile.organization',
      message: 'Which organization is this profile for?',
      help: 'The key reaches several; the first is its default.',
      choices: verified.organizations.map(({ id, name }) => ({ value: id, title: name ?? id, hint: id })),
      ...(verified.organizations[0] ? { fallback: verified.organizations[0].id } : {}),
    }),
  );
  return verified.organizations.find(organization => organization.id === id);
}

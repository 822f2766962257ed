import type { Install } from '../../../source/install/install.ts';
import type { Secret } from '../../../source/keychain/secret.ts';

/**
 * How an install stands, in a form that two installs can be compared by: ids are random, so each slot has its value
 * instead, and whatever is stored is counted.
 */
export function standingOf(install: Install, entries: ReadonlyMap<string, Secret>) {
  const { profiles = {}, credentials = {}, admins = {}, activeProfile } = install.config() ?? {};
  const keyOf = (id: string | undefined) =>
    [...entries].find(([account]) => id !== undefined && account.endsWith(`/credential/${id}`))?.[1].reveal();
  return {
    activeProfile,
    profiles: Object.fromEntries(
      Object.entries(profiles).map(([name, profile]) => [
        name,
        {
          ...profile,
          slots: Object.fromEntries(Object.entries(profile.slots).map(([role, id]) => [role, keyOf(id)])),
        },
      ]),
    ),
    admins: Object.fromEntries(Object.entries(admins).map(([place, id]) => [place, keyOf(id)])),
    registered: Object.keys(credentials).length,
    values: [...entries.keys()].filter(account => account.includes('/credential/')).length,
  };
}

/** The onboarding story: from a pasted key to a verified one in the keychain, for one environment. */

import { regionAt } from '../../castai/castai.ts';
import {
  organizationOf,
  type Stored,
  storeCredential,
  unstoreCredential,
  type VerifiedKey,
  verifyKeyFor,
} from '../../credentials/credentials.ts';
import { CastkeysError } from '../../errors.ts';
import {
  ask,
  type CheckLine,
  type Flow,
  keep,
  note,
  type StepContext,
  select,
  step,
} from '../../flow/flow.ts';
import { type Install, readSecret } from '../../install/install.ts';
import type { OrganizationRef } from '../../profiles/profiles.ts';
import { describeOwner, obtainKey } from '../obtain-key.ts';
import { choosePlace, type Place } from './choose-place.ts';
import { openStore } from './open-store.ts';
import type { World } from './world.ts';

export type { Practice, World } from './world.ts';

/** The ids an answers file may hold. */
export const onboardQuestions = [
  'keychain.trouble',
  'store.passphrase',
  'store.passphrase-again',
  'profile.environment',
  'profile.name',
  'profile.region',
  'profile.url',
  'profile.organization',
  'key.reader',
  'key.unreachable',
  'region.try-others',
] as const;

export interface Onboarded {
  readonly profile: string;
  readonly checks: readonly CheckLine[];
}

export function* onboard(world: World): Flow<Onboarded> {
  const store = yield* openStore(world);
  const config = yield* step(lookAround(world.install));
  const place = yield* choosePlace(world, config, store);

  const isInPlace = place.profile.slots.reader !== undefined && (yield* stillWorks(world, place));
  if (!isInPlace) {
    const verified = yield* obtainKey({
      role: 'reader',
      profileName: place.name,
      profile: place.profile,
      ...(place.practice ? { fallback: { label: 'the practice key', secret: place.practice.key } } : {}),
    });
    const organization = yield* chooseOrganization(place, verified);
    if (!place.isRegistered) yield* step(register(world.install, place, verified, organization));
    yield* step(storeKey(world.install, place, verified, organization));
  }
  yield* keep();

  const checks = yield* step(measure(world, place.name));
  yield* sayWhatNext(place.name);
  return { profile: place.name, checks };
}

const lookAround = (install: Install) => ({
  id: 'look',
  title: 'Look at what is there',
  readOnly: true,
  isQuiet: true,
  run: () => install.config(),
});

/** Whether the key that is stored still opens the door. What can't be told is a failure of the flow, not a reason for a new key. */
function* stillWorks(world: World, place: Place): Flow<boolean> {
  try {
    yield* step({
      id: 'key.still-works',
      title: 'Try the key that is stored',
      readOnly: true,
      run: ({ signal }: StepContext) => tryStored(world.install, place, signal),
      summary: (verified: VerifiedKey) => `it works: ${describeOwner(verified)}`,
    });
    return true;
  } catch (error) {
    const isGone =
      error instanceof CastkeysError && (error.code === 'key-invalid' || error.code === 'secret-absent');
    if (!isGone) throw error;
    yield* note('The key that is stored no longer works; a new one takes its place.', 'warning');
    return false;
  }
}

async function tryStored(install: Install, { profile }: Place, signal: AbortSignal): Promise<VerifiedKey> {
  const id = profile.slots.reader ?? '';
  const origin = install.config()?.credentials[id]?.origin ?? profile.origin;
  const secret = await readSecret(await install.keychain(), id);
  return verifyKeyFor({ secret, origin, authorization: profile.authorization, signal });
}

function* chooseOrganization({ profile }: Place, verified: VerifiedKey): Flow<OrganizationRef | undefined> {
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

const register = (
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

const storeKey = (
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

const measure = (world: World, profile: string) => ({
  id: 'checklist',
  title: 'Measure the checklist',
  readOnly: true,
  run: () => world.measure(profile),
  summary: (checks: readonly CheckLine[]) =>
    `${checks.filter(({ state }) => state === 'pass').length} of ${checks.length} hold`,
});

function* sayWhatNext(profile: string): Flow<void> {
  yield* note(`The key is in place. castkeys run --profile ${profile} -- terraform plan uses it.`, 'success');
}

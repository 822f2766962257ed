/** The onboarding story: from a pasted key to a verified one in the keychain, for one environment. */
import { type CheckLine, type Flow, keep, note, step } from '../../flow/flow.ts';
import type { Install } from '../../install/install.ts';
import { obtainKey } from '../obtain-key.ts';
import { rememberOrganization } from '../remember-organization.ts';
import { chooseOrganization } from './choose-organization.ts';
import { choosePlace } from './choose-place.ts';
import { openStore } from './open-store.ts';
import { register, storeKey } from './put-in-place.ts';
import { stillWorks } from './stored-key.ts';
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
      mayMove: !place.isRegistered,
      ...(place.practice ? { fallback: { label: 'the practice key', secret: place.practice.key } } : {}),
    });
    const organization = yield* chooseOrganization(place, verified);
    if (place.isRegistered) yield* rememberOrganization(world.install, place.name, organization);
    else yield* step(register(world.install, place, verified, organization));
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

const measure = (world: World, profile: string) => ({
  id: 'checklist',
  title: 'Measure the checklist',
  readOnly: true,
  run: () => world.measure(profile),
  summary: (checks: readonly CheckLine[]) =>
    `${checks.filter(({ state }) => state === 'pass' || state === 'skip').length} of ${checks.length} hold`,
});

function* sayWhatNext(profile: string): Flow<void> {
  yield* note(`The key is in place. castkeys run --profile ${profile} -- terraform plan uses it.`, 'success');
}

/** The onboarding story: from keys that lie about to verified ones in the keychain, for each environment its own. */
import { type CheckLine, type Flow, keep, note, step } from '../../flow/flow.ts';
import { cleanUp, cleanUpQuestions } from '../clean-up.ts';
import { chooseEnvironments } from './choose-environments.ts';
import { describeProfiles, registered } from './describe-profiles.ts';
import { fillProfile, introduce } from './fill-profile.ts';
import { keepWebhookSecrets } from './keep-webhook-secrets.ts';
import { lookAround } from './look-around.ts';
import { offerIgnores } from './offer-ignores.ts';
import { openStore } from './open-store.ts';
import type { Session } from './session.ts';
import type { World } from './world.ts';

export type { Practice, World } from './world.ts';

/** The ids an answers file may hold; what is asked of each profile may also be answered for one: `staging.key.reader`. */
export const onboardQuestions = [
  'keychain.trouble',
  'store.passphrase',
  'store.passphrase-again',
  'environments',
  'profile.environment',
  'profile.name',
  'profile.region',
  'profile.url',
  'roles',
  'source.reader',
  'source.writer',
  'key.reader',
  'key.writer',
  'key.admin',
  'admin.keep',
  'clusters',
  'profile.organization',
  'key.unreachable',
  'region.try-others',
  'webhook.import',
  ...cleanUpQuestions,
  'gitignore',
] as const;

interface MeasuredProfile {
  readonly name: string;
  readonly checks: readonly CheckLine[];
}

export interface Onboarded {
  readonly profiles: readonly MeasuredProfile[];
}

export function* onboard(world: World): Flow<Onboarded> {
  const store = yield* openStore(world);
  const seen = yield* lookAround(world);
  const wanted = yield* chooseEnvironments(world, seen);
  const { places, unregistered } = yield* describeProfiles(world, wanted);

  let session: Session = { plaintext: seen.plaintext, source: 'paste', admins: [], unregistered };
  for (const place of places) {
    yield* introduce(place, store);
    session = yield* fillProfile(world, place, session);
  }
  yield* registered(world, session);
  yield* keepWebhookSecrets(world, places, seen.plaintext);
  yield* keep();

  if (seen.plaintext.length > 0) yield* cleanUp(world);
  yield* offerIgnores(world, seen.repository);

  const profiles: MeasuredProfile[] = [];
  for (const place of places) {
    if (places.length > 1) yield* introduce(place, store);
    profiles.push({ name: place.name, checks: yield* step(measure(world, place.name)) });
  }
  yield* sayWhatNext(profiles.map(({ name }) => name));
  return { profiles };
}

const measure = (world: World, profile: string) => ({
  id: 'checklist',
  title: `Measure the checklist of ${profile}`,
  readOnly: true,
  run: () => world.measure(profile),
  summary: (checks: readonly CheckLine[]) =>
    `${checks.filter(({ state }) => state === 'pass' || state === 'skip').length} of ${checks.length} hold`,
});

function* sayWhatNext([first]: readonly string[]): Flow<void> {
  yield* note(`castkeys run --profile ${first} -- terraform plan uses the key.`, 'success');
}

import { type Flow, step } from '../../flow/flow.ts';
import type { Config, Profile } from '../../profiles/profiles.ts';
import type { Wanted } from './choose-environments.ts';
import { chooseRegion, type Region } from './choose-region.ts';
import { choosePolicy } from './choose-roles.ts';
import { register } from './put-in-place.ts';
import type { Session } from './session.ts';
import type { Practice, World } from './world.ts';

/** A profile that keys are wanted for. */
export interface Place {
  readonly name: string;
  readonly profile: Profile;
  readonly practice?: Practice;
}

/** Describes what is to be set up: what is registered, and the rest as the person wants it. Changes nothing yet. */
export function* describeProfiles(
  world: World,
  wanted: readonly Wanted[],
): Flow<{ readonly places: readonly Place[]; readonly unregistered: Config['profiles'] }> {
  const isNew = wanted.some(one => one.registered === undefined);
  const region = isNew ? yield* chooseRegion() : undefined;
  const places: Place[] = [];
  for (const one of wanted) places.push(yield* placeOf(world, one, region, places.length === 0));
  const unregistered = places.filter((_, index) => wanted[index]?.registered === undefined);
  return {
    places,
    unregistered: Object.fromEntries(unregistered.map(({ name, profile }) => [name, profile])),
  };
}

/** Registers what isn't yet, all at once: interrupted after that, it is known what is missing. */
export function* registered({ install }: World, session: Session): Flow<Session> {
  if (Object.keys(session.unregistered).length === 0) return session;
  yield* step(register(install, session.unregistered));
  return { ...session, unregistered: {} };
}

function* placeOf(world: World, wanted: Wanted, region: Region | undefined, isFirst: boolean): Flow<Place> {
  const { name, environment, registered: known } = wanted;
  const isPractice = (known ?? region)?.region === 'practice';
  const practice = isPractice ? yield* step(startPractice(world, wanted, isFirst)) : undefined;
  const withPractice = practice ? { practice } : {};
  if (known) return { name, profile: known, ...withPractice };
  const policy = yield* choosePolicy(wanted);
  const origin = practice?.origin ?? (region && 'origin' in region ? region.origin : '');
  const profile: Profile = {
    environment,
    region: region?.region ?? origin,
    origin,
    authorization: 'x-api-key',
    policy,
    slots: {},
    ...(practice ? { organization: practice.organization } : {}),
  };
  return { name, profile, ...withPractice };
}

const startPractice = (world: World, { environment }: Wanted, isFirst: boolean) => ({
  id: 'practice.start',
  title: 'Start the practice server',
  readOnly: true,
  isQuiet: !isFirst,
  run: () => world.startPractice(environment),
  summary: ({ origin }: Practice) => `practising at ${origin}: nothing here reaches Cast AI`,
});

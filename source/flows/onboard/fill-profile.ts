import { badge, type Flow } from '../../flow/flow.ts';
import { rolesOf } from './choose-roles.ts';
import type { Place } from './describe-profiles.ts';
import { fillSlot } from './fill-slot.ts';
import type { Session } from './session.ts';
import { stillWorks } from './stored-key.ts';
import type { World } from './world.ts';

/** Says which profile the conversation is about. */
export const introduce = ({ name, profile, practice }: Place, store: string): Flow<void> =>
  badge({
    profile: name,
    environment: profile.environment,
    region: profile.region,
    store,
    practice: practice !== undefined,
  });

/** Gets a working key into each slot that a profile's policy has one for. */
export function* fillProfile(world: World, place: Place, session: Session): Flow<Session> {
  const { name, practice } = place;
  let { profile } = place;
  let current = session;
  for (const role of rolesOf(profile.policy)) {
    if (yield* stillWorks(world.install, profile, role)) continue;
    const filled = yield* fillSlot(
      world,
      {
        name,
        environment: profile.environment,
        role,
        profile,
        mayMove: Object.keys(profile.slots).length === 0 && practice === undefined,
        ...(practice ? { practice } : {}),
      },
      current,
    );
    profile = filled.profile;
    current = filled.session;
  }
  return current;
}

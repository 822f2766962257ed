import { idAt, type Place } from '../credentials/credentials.ts';
import { type Config, expiresSoon, keyAge, roles } from '../profiles/profiles.ts';
import { isSamePlace, type Journal } from './journal.ts';

/** Of an admin credential, for which no policy speaks. */
const usualMaxAgeDays = 90;

export interface Due {
  readonly place: Place;
  readonly why: 'unfinished' | 'age' | 'expiry';
}

/**
 * What has to be rotated, in order: unfinished ones, then whatever is past its age or about to expire; admin credentials
 * last, because everything before takes them. Pure.
 */
export function dueNow(config: Config, unfinished: readonly Journal[], now: Date): readonly Due[] {
  // Of a profile that was removed nothing is left to go on with.
  const going = unfinished
    .filter(({ place }) => place.kind === 'admin' || Object.hasOwn(config.profiles, place.profile))
    .map(({ place }): Due => ({ place, why: 'unfinished' }));
  const others = placesOf(config).filter(place => !going.some(due => isSamePlace(due.place, place)));
  const due = [...going, ...others.flatMap(place => dueAt(config, place, now))];
  const isAdmin = ({ place }: Due) => place.kind === 'admin';
  return [...due.filter(one => !isAdmin(one)), ...due.filter(isAdmin)];
}

function placesOf({ profiles, admins }: Config): readonly Place[] {
  const slots = Object.entries(profiles).flatMap(([profile, { slots: filled }]) =>
    roles.filter(role => filled[role] !== undefined).map((role): Place => ({ kind: 'slot', profile, role })),
  );
  const managing = Object.keys(admins).map((name): Place => {
    const [origin = '', organizationId = ''] = name.split(' ');
    return { kind: 'admin', origin, organizationId };
  });
  return [...slots, ...managing];
}

function dueAt(config: Config, place: Place, now: Date): readonly Due[] {
  const credential = config.credentials[idAt(config, place) ?? ''];
  if (!credential) return [];
  const measured = keyAge(credential, maxAgeDays(config, place), now);
  if (expiresSoon(measured)) return [{ place, why: 'expiry' }];
  return measured.age > measured.allowed ? [{ place, why: 'age' }] : [];
}

/** The strictest of the policies that it serves, for an admin credential. */
function maxAgeDays({ profiles }: Config, place: Place): number {
  if (place.kind === 'slot') return profiles[place.profile]?.policy.maxAgeDays ?? usualMaxAgeDays;
  const served = Object.values(profiles).filter(
    ({ origin, organization }) => origin === place.origin && organization?.id === place.organizationId,
  );
  return Math.min(usualMaxAgeDays, ...served.map(({ policy }) => policy.maxAgeDays));
}

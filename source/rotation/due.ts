import { idAt, type Place } from '../credentials/credentials.ts';
import { type Config, type Credential, roles } from '../profiles/profiles.ts';
import { isSamePlace, type Journal } from './journal.ts';

const day = 24 * 60 * 60 * 1000;
/** A key that expires this soon is due, however young: a rotation takes days. */
const beforeExpiry = 14 * day;
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
  if (credential.expiresAt && Date.parse(credential.expiresAt) - now.getTime() < beforeExpiry)
    return [{ place, why: 'expiry' }];
  return isPastAge(credential, maxAgeDays(config, place), now) ? [{ place, why: 'age' }] : [];
}

/** The strictest of the policies that it serves, for an admin credential. */
function maxAgeDays({ profiles }: Config, place: Place): number {
  if (place.kind === 'slot') return profiles[place.profile]?.policy.maxAgeDays ?? usualMaxAgeDays;
  const served = Object.values(profiles).filter(
    ({ origin, organization }) => origin === place.origin && organization?.id === place.organizationId,
  );
  return Math.min(usualMaxAgeDays, ...served.map(({ policy }) => policy.maxAgeDays));
}

/** By when Cast AI made it; where that isn't known, by when castkeys got it, which is later. */
function isPastAge({ createdAt, addedAt }: Credential, maxAge: number, now: Date): boolean {
  return now.getTime() - Date.parse(createdAt ?? addedAt) > maxAge * day;
}

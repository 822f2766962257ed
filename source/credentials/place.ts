import { CastkeysError } from '../errors.ts';
import {
  adminIdOf,
  adminKey,
  type Config,
  type Credential,
  findProfile,
  type RetiredKey,
  type Role,
  roles,
} from '../profiles/profiles.ts';

/** Where a credential is used: a profile's role slot, or as the admin credential of an organization. */
export type Place =
  | { readonly kind: 'slot'; readonly profile: string; readonly role: Role }
  | { readonly kind: 'admin'; readonly origin: string; readonly organizationId: string };

/** The credential in a place. */
export function idAt(config: Config, place: Place): string | undefined {
  return place.kind === 'slot' ? config.profiles[place.profile]?.slots[place.role] : adminIdOf(config, place);
}

/** The configuration with a place pointing to a credential, or to none. */
export function pointTo(config: Config, place: Place, id: string | undefined): Config {
  if (place.kind === 'admin') {
    const { [adminKey(place)]: _, ...others } = config.admins;
    return { ...config, admins: id === undefined ? others : { ...others, [adminKey(place)]: id } };
  }
  const profile = config.profiles[place.profile];
  if (!profile) return config;
  const { [place.role]: _, ...others } = profile.slots;
  const slots = id === undefined ? others : { ...others, [place.role]: id };
  return { ...config, profiles: { ...config.profiles, [place.profile]: { ...profile, slots } } };
}

/**
 * The configuration with a place pointing to another credential, and what was there before among the retired keys: it is
 * no longer handed out, and works until it is revoked. A retired key that comes back is retired no more.
 */
export function succeed(config: Config, place: Place, id: string, now: Date): Config {
  const before = idAt(config, place);
  const pointed = withRetired(pointTo(config, place, id), id, undefined);
  const credential = before === undefined || before === id ? undefined : config.credentials[before];
  if (before === undefined || !credential) return pointed;
  return withRetired(pointed, before, retiredKey(place, credential, now));
}

/** The configuration with this record of a retired key, or with none. */
export function withRetired(config: Config, id: string, key: RetiredKey | undefined): Config {
  const { retired: { [id]: _, ...others } = {}, ...rest } = config;
  const retired = key ? { ...others, [id]: key } : others;
  return Object.keys(retired).length > 0 ? { ...rest, retired } : rest;
}

function retiredKey(place: Place, credential: Credential, now: Date): RetiredKey {
  const organizationId = place.kind === 'admin' ? place.organizationId : credential.organization?.id;
  return {
    ...(place.kind === 'slot' ? { profile: place.profile, role: place.role } : { role: 'admin' }),
    origin: credential.origin,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(credential.keyId === undefined ? {} : { keyId: credential.keyId }),
    ...(credential.name === undefined ? {} : { name: credential.name }),
    fingerprint: credential.fingerprint,
    retiredAt: now.toISOString(),
  };
}

/** Whether any place points to a credential: the admin credential may be a profile's key, too. */
export function isInUse(config: Config, id: string): boolean {
  const slots = Object.values(config.profiles).flatMap(profile => Object.values(profile.slots));
  return slots.includes(id) || Object.values(config.admins).includes(id);
}

/**
 * Refuses a place that a key of this fingerprint can't be put in.
 * @throws CastkeysError `profile-unknown`; `duplicate-key` for a key that another profile or role holds; `slot-taken`
 * where another key is, and isn't to be replaced.
 */
export function assertFree(config: Config, place: Place, fingerprint: string, replace: boolean): void {
  if (place.kind === 'slot') {
    findProfile(config, place.profile);
    refuseDuplicate(config, place, fingerprint);
  }
  const id = idAt(config, place);
  const isOther = id !== undefined && config.credentials[id]?.fingerprint !== fingerprint;
  if (isOther && !replace) throw slotTaken(place);
}

function refuseDuplicate(config: Config, place: Extract<Place, { kind: 'slot' }>, fingerprint: string): void {
  for (const [profile, { slots }] of Object.entries(config.profiles)) {
    for (const role of roles) {
      const id = slots[role];
      const isHere = place.profile === profile && place.role === role;
      if (!id || isHere || config.credentials[id]?.fingerprint !== fingerprint) continue;
      throw new CastkeysError(
        'duplicate-key',
        `This key is already the ${role} key of ${profile}. One key in two places can't be rotated or revoked for one alone. Nothing was stored.`,
        'make another key for this place in the console',
      );
    }
  }
}

function slotTaken(place: Place): CastkeysError {
  const what =
    place.kind === 'slot'
      ? `The ${place.role} slot of ${place.profile}`
      : 'The admin credential of this organization';
  return new CastkeysError(
    'slot-taken',
    `${what} holds another key already. It was left in place.`,
    'add --replace to put this one in its place',
  );
}

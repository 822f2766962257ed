import type { Config } from '../profiles/profiles.ts';

/** Which of our keys one is, as far as it is registered right now. */
export interface Registered {
  readonly credential: string;
  readonly origin: string;
  readonly profile?: string;
  readonly role?: string;
  /** ISO 8601: another key took its place. */
  readonly retiredAt?: string;
  /** It was seen to be gone at Cast AI. */
  readonly gone?: true;
}

/** Every key that this install knows of or knew, by credential id and by fingerprint. */
export interface Register {
  readonly byId: ReadonlyMap<string, Registered>;
  readonly byFingerprint: ReadonlyMap<string, Registered>;
}

export function registerOf(config: Config | undefined): Register {
  const byId = new Map<string, Registered>();
  const byFingerprint = new Map<string, Registered>();
  if (!config) return { byId, byFingerprint };
  const add = (key: Registered, fingerprint: string) => {
    byId.set(key.credential, key);
    byFingerprint.set(fingerprint, key);
  };
  for (const [credential, { profile, role, origin, retiredAt, goneAt, fingerprint }] of Object.entries(
    config.retired ?? {},
  )) {
    const whose = { credential, origin, role, ...(profile === undefined ? {} : { profile }) };
    add({ ...whose, retiredAt, ...(goneAt === undefined ? {} : { gone: true }) }, fingerprint);
  }
  const places = placesIn(config);
  for (const [credential, { origin, fingerprint }] of Object.entries(config.credentials)) {
    const place = places.get(credential);
    // A key that is in a place is not retired, whatever was written down before.
    if (place || !byId.has(credential)) add({ credential, origin, ...place }, fingerprint);
  }
  return { byId, byFingerprint };
}

function placesIn(config: Config): ReadonlyMap<string, Pick<Registered, 'profile' | 'role'>> {
  const places = new Map<string, Pick<Registered, 'profile' | 'role'>>();
  for (const id of Object.values(config.admins)) places.set(id, { role: 'admin' });
  for (const [profile, { slots }] of Object.entries(config.profiles)) {
    for (const [role, id] of Object.entries(slots)) if (id !== undefined) places.set(id, { profile, role });
  }
  return places;
}

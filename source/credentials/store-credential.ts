import { randomUUID } from 'node:crypto';
import { CastkeysError } from '../errors.ts';
import type { Install } from '../install/install.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Config, Credential, OrganizationRef, Role } from '../profiles/profiles.ts';
import { roles } from '../profiles/profiles.ts';
import type { VerifiedKey } from './verify-key-for.ts';

/** Where a credential is used: a profile's role slot, or as the admin credential of an organization. */
export type Place =
  | { readonly kind: 'slot'; readonly profile: string; readonly role: Role }
  | { readonly kind: 'admin'; readonly origin: string; readonly organizationId: string };

export interface StoreRequest {
  readonly place: Place;
  readonly secret: Secret;
  readonly origin: string;
  readonly organization?: OrganizationRef;
  /** What Cast AI said of it; absent for a key stored unverified. */
  readonly verified?: VerifiedKey;
  /** Put it in a slot that holds another key; that one stays in the keychain, out of use. */
  readonly replace?: boolean;
}

export interface Stored {
  readonly id: string;
  /** What was in the slot before. */
  readonly before?: string;
  /** False where the keychain had it already: taking it back leaves it there. */
  readonly isNew: boolean;
}

/**
 * Stores a key: registers it, writes it beside whatever is there, reads it back, and only then switches
 * the slot to it with one atomic write. Killed at any instant, the slot holds the old key or the new one.
 *
 * @throws CastkeysError `duplicate-key` for a key that another profile or role holds, `slot-taken`
 * without `replace`, and the keychain's own. The slot is as it was then.
 */
export async function storeCredential(install: Install, request: StoreRequest): Promise<Stored> {
  const keychain = await install.keychain();
  const { loadFingerprinter } = await import('../keychain/keychain.ts');
  const fingerprinter = await loadFingerprinter(keychain, { create: true });
  const fingerprint = fingerprinter(request.secret);

  const config = install.config();
  if (config) refuseDuplicate(config, request.place, fingerprint);
  const before = config && idAt(config, request.place);
  if (config && before && config.credentials[before]?.fingerprint === fingerprint)
    return { id: before, before, isNew: false };
  if (before && !request.replace) throw slotTaken(request.place);

  const known = Object.entries(config?.credentials ?? {}).find(
    ([, credential]) => credential.fingerprint === fingerprint,
  );
  const id = known?.[0] ?? randomUUID();
  const credential = describe(request, fingerprint, install.clock(), keychain.store);
  await install.update(now => ({ ...now, credentials: { ...now.credentials, [id]: credential } }));
  try {
    await keychain.write({ kind: 'credential', id }, request.secret);
  } catch (thrown) {
    if (!known) await install.update(now => forget(now, id));
    throw thrown;
  }
  await install.update(now => pointTo(now, request.place, id));
  return { id, isNew: known === undefined, ...(before ? { before } : {}) };
}

/** Takes a stored credential out again: the slot first, then the value. `before` goes back into the slot. */
export async function unstoreCredential(
  install: Install,
  place: Place,
  { id, before, isNew }: Stored,
): Promise<void> {
  await install.update(now => (idAt(now, place) === id ? pointTo(now, place, before) : now));
  if (isNew) await dropCredential(install, id);
}

/** Removes a credential that nothing points to: the value, then what is known of it. */
export async function dropCredential(install: Install, id: string): Promise<void> {
  const keychain = await install.keychain();
  await keychain.remove({ kind: 'credential', id });
  await install.update(now => forget(now, id));
}

function forget(config: Config, id: string): Config {
  const { [id]: _, ...credentials } = config.credentials;
  return { ...config, credentials };
}

/** The credential in a place. */
export function idAt(config: Config, place: Place): string | undefined {
  return place.kind === 'slot'
    ? config.profiles[place.profile]?.slots[place.role]
    : config.admins[adminKey(place)];
}

const adminKey = ({
  origin,
  organizationId,
}: {
  readonly origin: string;
  readonly organizationId: string;
}): string => `${origin} ${organizationId}`;

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

function refuseDuplicate(config: Config, place: Place, fingerprint: string): void {
  for (const [profile, { slots }] of Object.entries(config.profiles)) {
    for (const role of roles) {
      const id = slots[role];
      const isHere = place.kind === 'admin' || (place.profile === profile && place.role === role);
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

function describe(
  { verified, origin, organization }: StoreRequest,
  fingerprint: string,
  now: Date,
  store: Credential['store'],
): Credential {
  const { owner, key } = verified ?? {};
  return {
    origin,
    ...(organization ? { organization } : {}),
    ...(owner
      ? { owner: { kind: owner.kind, ...(owner.id ? { id: owner.id } : {}), ...nameOf(owner) } }
      : {}),
    ...(key?.id ? { keyId: key.id } : {}),
    ...(key?.name ? { name: key.name } : {}),
    ...(key?.createdAt ? { createdAt: key.createdAt } : {}),
    ...(key?.expiresAt ? { expiresAt: key.expiresAt } : {}),
    addedAt: now.toISOString(),
    ...(verified ? { verifiedAt: now.toISOString() } : {}),
    fingerprint,
    store,
  };
}

function nameOf({ name, email }: { readonly name?: string; readonly email?: string }): {
  readonly name?: string;
} {
  const known = name ?? email;
  return known ? { name: known } : {};
}

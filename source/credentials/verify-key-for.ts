import { type CastaiClient, castaiClient, type KeyOwner, verifyKey } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import type { Secret } from '../keychain/secret.ts';
import type { OrganizationRef, Profile } from '../profiles/profiles.ts';
import { findOwnKey } from './find-own-key.ts';
import type { FoundKey } from './owner-keys.ts';

/** A key that Cast AI says is alive, and what it said of it. */
export interface VerifiedKey {
  readonly secret: Secret;
  readonly origin: string;
  readonly owner: KeyOwner;
  /** What the key reaches; the first is its default. Empty where it may not list them. */
  readonly organizations: readonly OrganizationRef[];
  /** Alive, but it may not even ask whose it is. */
  readonly isRestricted: boolean;
  /** Which of Cast AI's keys it is, where the key itself can tell. */
  readonly key?: FoundKey;
}

export interface VerifyRequest {
  readonly secret: Secret;
  readonly origin: string;
  readonly authorization?: Profile['authorization'];
  readonly signal?: AbortSignal;
}

/**
 * Tries a key at an origin, in its own default organization: naming another one gives a 500, which would
 * say nothing of the key (section 4.5 of the API facts). Finds out whose it is.
 * @throws CastkeysError `key-invalid` for a 401; what could not be concluded throws its own error
 * (`unreachable`, `unintelligible`). Nothing was stored.
 */
export async function verifyKeyFor(request: VerifyRequest): Promise<VerifiedKey> {
  const { secret, origin } = request;
  const client = castaiClient({
    origin,
    secret,
    authorization: request.authorization ?? 'x-api-key',
    ...(request.signal ? { signal: request.signal } : {}),
  });
  const usedAt = Date.now();
  const verdict = await verifyKey(client);
  if (verdict.outcome === 'unknown') throw inconclusive(verdict.error);
  if (verdict.outcome === 'invalid') {
    throw new CastkeysError(
      'key-invalid',
      `${verdict.reason} Nothing was stored.`,
      'check that it was copied whole, is active, has not expired, and belongs to this region',
    );
  }
  const { identity, organizations, restricted } = verdict;
  const key = await findKey(client, identity, organizations[0], usedAt);
  return {
    secret,
    origin,
    owner: identity,
    organizations: organizations.map(({ id, name }) => ({ id, name })),
    isRestricted: restricted ?? false,
    ...(key ? { key } : {}),
  };
}

/** Nothing is known of the key then. A 404 to a question that Cast AI always answers is somebody else speaking. */
function inconclusive(error: CastkeysError): CastkeysError {
  return error.code === 'failed' ? new CastkeysError('unintelligible', error.message, error.next) : error;
}

async function findKey(
  client: CastaiClient,
  owner: KeyOwner,
  organization: OrganizationRef | undefined,
  usedAt: number,
) {
  try {
    return await findOwnKey(organization ? client.inOrganization(organization.id) : client, owner, usedAt);
  } catch {
    // A key that may not look itself up is a key all the same.
    return undefined;
  }
}

/**
 * The organization a verified key is for: the profile's, or the only one it reaches.
 * @returns undefined where there are several, or none is known.
 * @throws CastkeysError `organization-mismatch` when it doesn't reach the profile's.
 */
export function organizationOf(
  verified: VerifiedKey,
  wanted: OrganizationRef | undefined,
): OrganizationRef | undefined {
  const { organizations } = verified;
  if (!wanted) return organizations.length === 1 ? organizations[0] : undefined;
  const found = organizations.find(({ id }) => id === wanted.id);
  if (found || organizations.length === 0) return found ?? wanted;
  throw new CastkeysError(
    'organization-mismatch',
    `This key belongs to ${organizations.map(({ name, id }) => name ?? id).join(', ')}, not to the profile's organization ${wanted.name ?? wanted.id}. Nothing was stored.`,
    'take a key of the right organization, or make another profile for this one: castkeys profiles add NAME',
  );
}

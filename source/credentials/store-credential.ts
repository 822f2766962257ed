import { randomUUID } from 'node:crypto';
import { credentialResource, enterAround } from '../audit/audit.ts';
import type { Install } from '../install/install.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Config, Credential, OrganizationRef, RetiredKey } from '../profiles/profiles.ts';
import { enterImport, resourceOf, traitsOf } from './credential-entries.ts';
import { assertFree, idAt, isInUse, type Place, pointTo, succeed, withRetired } from './place.ts';
import type { VerifiedKey } from './verify-key-for.ts';

export interface StoreRequest {
  readonly place: Place;
  readonly secret: Secret;
  readonly origin: string;
  readonly organization?: OrganizationRef;
  /** What Cast AI said of it; absent for a key stored unverified. */
  readonly verified?: Pick<VerifiedKey, 'owner' | 'key'>;
  /** What is known of a key that Cast AI made just now, before it was asked about it. */
  readonly issued?: Pick<VerifiedKey, 'owner' | 'key'>;
  /** Put it in a slot that holds another key; that one stays in the keychain, out of use. */
  readonly replace?: boolean;
}

export interface Stored {
  readonly id: string;
  /** What was in the place before. */
  readonly before?: string;
  /** What was known of the key before; taking it back leaves it there. Absent for one that is new here. */
  readonly known?: Credential;
  /** It had been retired from some place before. */
  readonly retired?: RetiredKey;
}

/**
 * Stores a key: registers it, writes it beside whatever is there, reads it back, and only then switches
 * the place to it with one atomic write. Killed at any instant, the place holds the old key or the new one.
 * The same key once more is fine: it mends an entry that somebody removed from the keychain.
 *
 * @throws CastkeysError what {@link assertFree} throws, and the keychain's own. The place is as it was then.
 */
export async function storeCredential(install: Install, request: StoreRequest): Promise<Stored> {
  const { place, replace = false } = request;
  const keychain = await install.keychain();
  const { loadFingerprinter } = await import('../keychain/keychain.ts');
  const fingerprinter = await loadFingerprinter(keychain, { create: true });
  const fingerprint = fingerprinter(request.secret);

  const fresh = randomUUID();
  const described = describe(request, fingerprint, install.clock(), keychain.store);
  const registered = await install.update(now => {
    assertFree(now, place, fingerprint, replace);
    return idBy(now, fingerprint) === undefined ? withCredential(now, fresh, described) : now;
  });
  const id = idBy(registered, fingerprint) ?? fresh;
  const known = id === fresh ? undefined : registered.credentials[id];
  const credential = known ? { ...known, ...described, addedAt: known.addedAt } : described;
  try {
    await keychain.write({ kind: 'credential', id }, request.secret);
    await install.update(now => {
      assertFree(now, place, fingerprint, replace);
      return succeed(withCredential(now, id, credential), place, id, install.clock());
    });
  } catch (thrown) {
    // Where the entry can't be removed it stays registered: the same command finds it again by its fingerprint.
    if (!known) await forget(install, id).catch(() => {});
    throw thrown;
  }
  const before = idAt(registered, place);
  const retired = registered.retired?.[id];
  const stored = {
    id,
    ...(before === undefined ? {} : { before }),
    ...(known ? { known } : {}),
    ...(retired ? { retired } : {}),
  };
  try {
    await enterImport(install, { place, id, credential, before, isMade: request.issued !== undefined });
    return stored;
  } catch (thrown) {
    // Nothing happens to a key that the log doesn't know.
    await unstoreCredential(install, place, stored);
    throw thrown;
  }
}

/** Takes a stored credential out again: the place first, then the value. `before` goes back into the place. */
export async function unstoreCredential(
  install: Install,
  place: Place,
  { id, before, known, retired }: Stored,
): Promise<void> {
  await install.update(now => {
    const restored = known ? withCredential(now, id, known) : now;
    if (idAt(restored, place) !== id) return restored;
    const pointed = pointTo(restored, place, before);
    return withRetired(before === undefined ? pointed : withRetired(pointed, before, undefined), id, retired);
  });
  if (!known) await dropCredential(install, id, place);
}

/**
 * Removes a credential, the value and then what is known of it; one that some place still points to stays. `place`: where
 * it was.
 */
export async function dropCredential(install: Install, id: string, place?: Place): Promise<void> {
  const config = install.config();
  if (config && isInUse(config, id)) return;
  const resource = place ? resourceOf(place) : credentialResource(config, id);
  const metadata = traitsOf(id, config?.credentials[id]);
  await enterAround(install, { action: 'key.removed', resource, metadata }, () => forget(install, id));
}

async function forget(install: Install, id: string): Promise<void> {
  const config = install.config();
  if (config && isInUse(config, id)) return;
  const keychain = await install.keychain();
  await keychain.remove({ kind: 'credential', id });
  await install.update(({ credentials: { [id]: _, ...credentials }, ...now }) => ({ ...now, credentials }));
}

function idBy(config: Config, fingerprint: string): string | undefined {
  const found = Object.entries(config.credentials).find(([, known]) => known.fingerprint === fingerprint);
  return found?.[0];
}

function withCredential(config: Config, id: string, credential: Credential): Config {
  return { ...config, credentials: { ...config.credentials, [id]: credential } };
}

function describe(
  { verified, issued, origin, organization }: StoreRequest,
  fingerprint: string,
  now: Date,
  store: Credential['store'],
): Credential {
  const { owner, key } = verified ?? issued ?? {};
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

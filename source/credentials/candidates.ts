import {
  type CastaiClient,
  CastaiError,
  castaiClient,
  type KeyOwner,
  ownerKind,
  verifyKey,
} from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import { type Install, readSecret } from '../install/install.ts';
import { adminIdOf, type Credential, type Profile } from '../profiles/profiles.ts';
import { type FoundKey, keysOf } from './owner-keys.ts';
import { idAt, type Place } from './place.ts';
import type { KeyWatch } from './recognise-key.ts';

export interface AdoptRequest {
  readonly install: Install;
  readonly place: Place;
  readonly profile: Profile;
  readonly signal?: AbortSignal;
}

/** A stored key of which Cast AI's id is wanted, and the keys it may be. */
export interface Candidates {
  readonly credentialId: string;
  readonly credential: Credential;
  readonly owner: KeyOwner;
  /** Never empty. */
  readonly keys: readonly FoundKey[];
  /** Which of them it is, where one look tells: it was adopted before, or is the owner's only one. */
  readonly known?: FoundKey;
  readonly watch: KeyWatch;
}

/** A key may be missing from a list for a while after it was made; how long is unknown, and this is generous. ms. */
const newFor = 10 * 60 * 1000;

/**
 * Looks up the keys of a stored key's owner: with the organization's admin credential, else with the key itself.
 * @throws CastkeysError `credential-missing` for an empty place; `key-invalid`; `key-forbidden` where the list may not be
 * read; what could not be asked throws its own error. Nothing was changed.
 */
export async function findCandidates(request: AdoptRequest): Promise<Candidates> {
  const { install, place, profile, signal } = request;
  const { credentialId, credential, config } = credentialAt(install, place);
  const own = await clientFor(request, credentialId, credential);
  const verdict = await verifyKey(own);
  if (verdict.outcome === 'unknown') throw verdict.error;
  if (verdict.outcome === 'invalid')
    throw new CastkeysError('key-invalid', verdict.reason, 'castkeys keys add --replace');
  const organizationId = (profile.organization ?? credential.organization ?? verdict.organizations[0])?.id;
  const here = (client: CastaiClient) =>
    organizationId === undefined ? client : client.inOrganization(organizationId);

  const adminId = organizationId && adminIdOf(config, { origin: credential.origin, organizationId });
  const known = adminId && adminId !== credentialId ? config.credentials[adminId] : undefined;
  const admin = adminId && known ? here(await clientFor(request, adminId, known)) : undefined;
  const owner = await withKind(verdict.identity, credential, admin);
  const { client, keys } = await listed(here(own), admin, owner);
  signal?.throwIfAborted();

  const isNew = install.clock().getTime() - Date.parse(credential.addedAt) < newFor;
  const [only, another] = keys;
  const adopted = keys.find(({ id }) => id === credential.keyId);
  const told = adopted ?? (another || isNew ? undefined : only);
  return {
    credentialId,
    credential,
    owner,
    keys,
    ...(told ? { known: told } : {}),
    watch: {
      list: () => keysOf(client, owner),
      use: () => use(own),
      isListedByItself: client !== admin,
    },
  };
}

function credentialAt(install: Install, place: Place) {
  const config = install.config();
  const credentialId = config && idAt(config, place);
  const credential = credentialId === undefined ? undefined : config?.credentials[credentialId];
  if (config && credentialId !== undefined && credential) return { config, credentialId, credential };
  const what = place.kind === 'slot' ? `${place.profile} has no ${place.role} key` : 'No admin key is stored';
  const role = place.kind === 'slot' ? place.role : 'admin';
  throw new CastkeysError('credential-missing', `${what}.`, `castkeys keys add --role ${role}`);
}

/** A key goes to the address it was verified at, whatever became of the profile. */
async function clientFor(
  { install, profile, signal }: AdoptRequest,
  id: string,
  { origin }: Credential,
): Promise<CastaiClient> {
  return castaiClient({
    origin,
    secret: await readSecret(await install.keychain(), id),
    authorization: profile.authorization,
    ...(signal ? { signal } : {}),
  });
}

/** What the key doesn't say of its owner, the record or the admin credential may. */
async function withKind(
  said: KeyOwner,
  { owner: recordedOwner }: Credential,
  admin: CastaiClient | undefined,
): Promise<KeyOwner> {
  const id = said.id ?? recordedOwner?.id;
  const owner = { ...said, ...(id === undefined ? {} : { id }) };
  if (owner.kind !== 'unknown') return owner;
  if (recordedOwner && recordedOwner.kind !== 'unknown') return { ...owner, kind: recordedOwner.kind };
  return admin && id !== undefined ? { ...owner, kind: await ownerKind(admin, { id }) } : owner;
}

async function listed(own: CastaiClient, admin: CastaiClient | undefined, owner: KeyOwner) {
  for (const client of admin ? [admin, own] : [own]) {
    try {
      const keys = await keysOf(client, owner);
      if (keys.length > 0) return { client, keys };
    } catch (thrown) {
      if (!(thrown instanceof CastaiError) || (thrown.kind !== 'forbidden' && thrown.kind !== 'unauthorized'))
        throw thrown;
    }
  }
  throw new CastkeysError(
    'key-forbidden',
    `Which keys its owner has can't be looked up with ${admin ? 'the admin credential' : 'the key itself'}. Nothing was changed.`,
    admin
      ? "look whether the admin credential is an Owner's"
      : 'castkeys keys add --role admin; then the same command again',
  );
}

/** A key that may not ask whose it is was used all the same. */
async function use(client: CastaiClient): Promise<void> {
  try {
    await client.me();
  } catch (thrown) {
    if (!(thrown instanceof CastaiError) || thrown.kind !== 'forbidden') throw thrown;
  }
}

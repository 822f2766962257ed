/** Which key is to be rotated, whose it is, and whether somebody here may look after it. */
import { castaiClient } from '../../castai/castai.ts';
import { idAt } from '../../credentials/credentials.ts';
import { CastkeysError } from '../../errors.ts';
import { type Flow, note, step } from '../../flow/flow.ts';
import { readSecret } from '../../install/install.ts';
import { adminIdOf, type Credential } from '../../profiles/profiles.ts';
import { type OldKey, placeWords } from '../../rotation/rotation.ts';
import { adoptStoredKey } from '../adopt-key.ts';
import { apiOf } from './api-of.ts';
import type { RotationAsked } from './asked.ts';

interface Current {
  readonly id: string;
  readonly credential: Credential;
}

export function* identifyOld(asked: RotationAsked): Flow<OldKey> {
  const current = yield* step(lookAtPlace(asked));
  const known = isIdentified(current.credential) ? current : yield* adopt(asked);
  const { owner } = known.credential;
  if (!owner?.id || owner.kind === 'unknown') throw ownerUnknown(asked);
  const named = owner.name === undefined ? {} : { name: owner.name };
  const old: OldKey = {
    credentialId: known.id,
    credential: known.credential,
    owner: { kind: owner.kind, id: owner.id, ...named },
  };
  if (owner.kind === 'person' && asked.way === 'api' && !asked.toPolicy) yield* step(mayManage(asked, old));
  return old;
}

const isIdentified = ({ keyId, owner }: Credential): boolean =>
  keyId !== undefined && owner?.id !== undefined && owner.kind !== 'unknown';

/** A person who does it in the console knows which key it is, even where castkeys can't tell. */
function* adopt(asked: RotationAsked): Flow<Current> {
  const { install, place, profileName, profile, reach } = asked;
  const role = place.kind === 'slot' ? place.role : 'admin';
  try {
    yield* adoptStoredKey({ install, profileName, profile, role, reach });
  } catch (error) {
    const canGoOn =
      asked.way === 'manual' && error instanceof CastkeysError && error.code === 'key-forbidden';
    if (!canGoOn) throw error;
    yield* note(
      "Which of Cast AI's keys the old one is can't be looked up here: you will be asked instead.",
      'warning',
    );
  }
  return yield* step(lookAtPlace(asked));
}

const lookAtPlace = ({ install, place, way, profileName }: RotationAsked) => ({
  id: 'rotate.look-at-place',
  title: 'Look which key is in use',
  readOnly: true,
  isQuiet: true,
  run: (): Current => {
    const config = install.config();
    const id = config && idAt(config, place);
    const credential = id === undefined ? undefined : config?.credentials[id];
    const role = place.kind === 'slot' ? place.role : 'admin';
    if (!config || id === undefined || !credential) {
      throw new CastkeysError(
        'credential-missing',
        place.kind === 'slot'
          ? `${profileName} has no ${role} key to rotate.`
          : 'No admin credential is stored.',
        `castkeys keys add --role ${role}`,
      );
    }
    if (place.kind === 'slot' && way === 'api') {
      const organizationId =
        (credential.organization ?? config.profiles[profileName]?.organization)?.id ?? '';
      const admin = adminIdOf(config, { origin: credential.origin, organizationId });
      if (admin === undefined) throw adminMissing(profileName);
      const isItself = config.credentials[admin]?.fingerprint === credential.fingerprint;
      if (isItself) throw isAdminItself(profileName);
    }
    return { id, credential };
  },
});

/** Personal keys can be made by nobody but their owner (section 2 of the API facts). */
const mayManage = (asked: RotationAsked, { owner }: OldKey) => ({
  id: 'rotate.may-manage',
  title: 'See whether the admin credential is the same person',
  readOnly: true,
  isQuiet: true,
  run: async () => {
    const { install, place } = asked;
    const { origin, authorization, organizationId } = apiOf(asked);
    const config = install.config();
    const id = config && adminIdOf(config, { origin, organizationId });
    if (id === undefined || place.kind === 'admin') return;
    const secret = await readSecret(await install.keychain(), id);
    const me = await castaiClient({ origin, authorization, secret }).me();
    if (me.id === owner.id) return;
    throw new CastkeysError(
      'key-forbidden',
      `The ${placeWords(place)} key is a personal key of ${owner.name ?? owner.id}, and only that person can make another one. Nothing was changed.`,
      'castkeys rotate --manual (that person makes it in the console); or castkeys rotate --to-policy moves to a service account',
    );
  },
});

function adminMissing(profileName: string): CastkeysError {
  return new CastkeysError(
    'admin-missing',
    `No admin credential of this organization is stored, and making and revoking keys takes one. Nothing was changed.`,
    `castkeys keys add --role admin --profile ${profileName}; or castkeys rotate --manual, where you make and revoke the keys in the console`,
  );
}

function isAdminItself(profileName: string): CastkeysError {
  return new CastkeysError(
    'usage',
    'This key is also the admin credential of its organization. Switched off, it could not finish its own rotation. Nothing was changed.',
    `castkeys rotate --role admin; then store another key for ${profileName}: castkeys keys add --replace`,
  );
}

function ownerUnknown({ place }: RotationAsked): CastkeysError {
  const role = place.kind === 'slot' ? place.role : 'admin';
  return new CastkeysError(
    'rotation-stuck',
    `Whose key the ${placeWords(place)} key is can't be told, so none can be made for the same owner. Nothing was changed.`,
    `castkeys keys add --role admin, then castkeys keys adopt --role ${role}`,
  );
}

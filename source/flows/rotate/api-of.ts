import { idAt } from '../../credentials/credentials.ts';
import { CastkeysError } from '../../errors.ts';
import type { WorldOptions } from '../../rotation/rotation.ts';
import type { RotationAsked } from './asked.ts';

/** Where the keys of a place are looked after: at the origin the key is bound to, whatever became of the profile. */
export function apiOf({ install, place, profile, profileName }: RotationAsked): WorldOptions['at'] {
  const config = install.config();
  const credential = config?.credentials[(config && idAt(config, place)) ?? ''];
  const organizationId =
    place.kind === 'admin' ? place.organizationId : (profile.organization ?? credential?.organization)?.id;
  if (organizationId === undefined) {
    throw new CastkeysError(
      'usage',
      `Which organization ${profileName} belongs to is not known, and its keys can't be looked up without. Nothing was changed.`,
      `castkeys profiles edit ${profileName} --organization ID`,
    );
  }
  return {
    origin: credential?.origin ?? profile.origin,
    authorization: profile.authorization,
    organizationId,
  };
}

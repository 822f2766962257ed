import { type CastaiClient, castaiClient } from '../../castai/castai.ts';
import { CastkeysError } from '../../errors.ts';
import { readSecret } from '../../install/install.ts';
import type { Keychain } from '../../keychain/keychain.ts';
import { adminIdOf, type Config, type Profile } from '../../profiles/profiles.ts';

export interface ClientRequest {
  readonly config: Config | undefined;
  readonly keychain: Keychain;
  readonly profileName: string;
  readonly profile: Profile;
  readonly signal?: AbortSignal;
}

/**
 * Cast AI with the key of this profile that may do most: managing webhooks takes more than reading.
 * @throws CastkeysError `credential-missing` where it has none.
 */
export async function webhookClient(request: ClientRequest): Promise<CastaiClient> {
  const { config, keychain, profileName, profile, signal } = request;
  const { origin, organization, slots, authorization } = profile;
  const admin =
    config && organization ? adminIdOf(config, { origin, organizationId: organization.id }) : undefined;
  const id = [admin, slots.writer, slots.reader].find(
    candidate => candidate !== undefined && config?.credentials[candidate]?.origin === origin,
  );
  if (id === undefined) {
    throw new CastkeysError(
      'credential-missing',
      `${profileName} has no key to reach Cast AI with.`,
      `castkeys keys add --profile ${profileName} --role writer`,
    );
  }
  return castaiClient({
    origin,
    secret: await readSecret(keychain, id),
    authorization,
    ...(organization ? { organizationId: organization.id } : {}),
    ...(signal ? { signal } : {}),
  });
}

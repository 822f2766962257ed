import { CastkeysError } from '../../errors.ts';
import { readSecret } from '../../install/install.ts';
import type { Keychain } from '../../keychain/keychain.ts';
import { Secret } from '../../keychain/secret.ts';
import { type ChosenProfile, type Config, type Role, roles } from '../../profiles/profiles.ts';
import type { Call } from '../command.ts';
import { readEnvFile } from './env-file.ts';
import { withoutOurKeys } from './inherited.ts';
import { brokerVariables, profileVariables } from './profile-variables.ts';
import { webhookVariables } from './webhook-variables.ts';

export interface EnvironmentRequest {
  readonly call: Call;
  readonly config: Config;
  readonly chosen: ChosenProfile;
  readonly keychain: Keychain;
  readonly role: Role;
  /** Give both keys, each under its own name too. */
  readonly withBoth: boolean;
  /** Told the local id of each key before it is read. */
  readonly onKey?: (credentialId: string) => void;
  /** Told every secret that the command is given. */
  readonly onSecret?: (secret: Secret) => void;
  /** What stands in the place of the keys, and of the API's address. */
  readonly broker?: BrokerAccess;
}

/** What a command gets that runs behind a broker. */
export interface BrokerAccess {
  readonly url: string;
  /** Throws a CastkeysError for a key that the broker doesn't hold. */
  readonly tokenFor: (profile: string, role: Role) => Secret;
}

/**
 * The environment of a command: what castkeys inherited, without passphrases and without variables
 * that hold one of our keys, and the profile's key on top.
 */
export async function childEnvironment(request: EnvironmentRequest): Promise<NodeJS.ProcessEnv> {
  const { call, config, chosen, role, withBoth, broker } = request;
  const { name, profile } = chosen;
  for (const of of withBoth ? roles : [role]) refuseKeyOfElsewhere(config, chosen, of);
  const keyOf = async (of: string, slot: Role) => {
    const key = broker ? broker.tokenFor(of, slot) : await readSlot(request, of, slot);
    request.onSecret?.(key);
    return key;
  };
  const read = (of: Role) => keyOf(name, of);
  const [key, inherited, other, webhook] = await Promise.all([
    read(role),
    withoutOurKeys(call.env, config, request.keychain),
    withBoth ? read('writer') : undefined,
    call.flags.has('webhook') ? webhookVariables(config, request.keychain, name, call.clock()) : {},
  ]);
  for (const secret of Object.values<string>(webhook)) request.onSecret?.(new Secret(secret));
  const file = call.flags.text('env-file');
  const fromFile = file === undefined ? {} : await readEnvFile(file, keyOf);
  const { CASTAI_ORGANIZATION_ID: _, ...others } = inherited;
  const both = other && { reader: key.reveal(), writer: other.reveal() };
  return {
    ...others,
    ...fromFile,
    ...profileVariables({ address: broker?.url ?? profile.origin, key: key.reveal(), both }, chosen),
    ...webhook,
    ...(broker ? brokerVariables(broker.url, others) : {}),
  };
}

/** The command is told the profile's address, and would send the key there, whoever edited the profile. */
function refuseKeyOfElsewhere(config: Config, { name, profile }: ChosenProfile, role: Role): void {
  const origin = config.credentials[profile.slots[role] ?? '']?.origin;
  if (origin === undefined || origin === profile.origin) return;
  throw new CastkeysError(
    'origin-mismatch',
    `The ${role} key of ${name} is bound to ${origin}, and the profile points to ${profile.origin}. Nothing was run.`,
    `castkeys profiles add NAME --region ${profile.origin}, and a key of its own`,
  );
}

function readSlot(
  { config, keychain, onKey }: EnvironmentRequest,
  profileName: string,
  role: Role,
): Promise<Secret> {
  const profile = Object.hasOwn(config.profiles, profileName) ? config.profiles[profileName] : undefined;
  const id = profile?.slots[role];
  if (id === undefined) throw noKey(config, profileName, role);
  onKey?.(id);
  return readSecret(keychain, id);
}

/** Says that a profile has no key for a role, and which it has. */
export function noKey(config: Config, profileName: string, role: Role): CastkeysError {
  const profile = Object.hasOwn(config.profiles, profileName) ? config.profiles[profileName] : undefined;
  const others = Object.keys(profile?.slots ?? {});
  return new CastkeysError(
    'credential-missing',
    `${profileName} has no ${role} key. Nothing was run.`,
    others.length > 0
      ? `use --role ${others.join(' or ')}, or castkeys keys add --role ${role}`
      : `castkeys setup --profile ${profileName}`,
  );
}

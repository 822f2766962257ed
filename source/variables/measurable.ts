import { readRegion } from '../castai/castai.ts';
import type { Home } from '../home/home.ts';
import { type Keychain, loadFingerprinter } from '../keychain/keychain.ts';
import { memoryKeychain } from '../keychain/memory-keychain.ts';
import {
  type ChosenProfile,
  type Config,
  type Credential,
  environments,
  findPin,
  type Policy,
  type Profile,
  policyWith,
  recommendedPolicy,
} from '../profiles/profiles.ts';
import { keyInVariables, keysInVariables, originInVariables } from './keys.ts';

/** A profile made of variables, in settings of its own, with its keys in a keychain that forgets. */
export interface FromVariables {
  readonly chosen: ChosenProfile;
  readonly config: Config;
  readonly keychain: Keychain;
}

export interface VariablesToRead {
  readonly home: Home;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: () => Date;
  /** What is registered here. */
  readonly config: Config | undefined;
  /** The profile that was asked for. */
  readonly name: string | undefined;
}

/**
 * The profile that variables make, to be measured; undefined where there are none, and where castkeys has profiles of its
 * own: then those count.
 *
 * In CI (`CI=true`) the policy in the repository's `.castkeys.json` is heard without anybody's consent. Whoever may change
 * that file may change the job that reads it.
 * @throws CastkeysError `usage` for a key or an address that is none, `config-invalid` for such a file.
 */
export async function measurableFromVariables(wanted: VariablesToRead): Promise<FromVariables | undefined> {
  const { env, cwd, config, clock } = wanted;
  if (Object.keys(config?.profiles ?? {}).length > 0 || !keysInVariables(env)) return undefined;
  const pin = findPin(cwd);
  const name = wanted.name ?? (env['CASTKEYS_PROFILE'] || pin?.profile || 'ci');
  const keychain = memoryKeychain({ installId: 'variables' });
  const { credentials, slots } = await storeKeys(keychain, env, clock);
  const made = profileOf(env, name);
  const said = env['CI'] && (pin?.profile ?? name) === name ? pin?.policy : undefined;
  const profile: Profile = { ...made, slots, policy: said ? policyWith(made.policy, said) : made.policy };
  return {
    chosen: { name, profile, chosenBy: 'variables' },
    config: {
      version: 1,
      installId: 'variables',
      activeProfile: name,
      profiles: { [name]: profile },
      credentials,
      admins: {},
    },
    keychain,
  };
}

async function storeKeys(keychain: Keychain, env: NodeJS.ProcessEnv, clock: () => Date) {
  const fingerprint = await loadFingerprinter(keychain, { create: true });
  const credentials: Record<string, Credential> = {};
  const slots: Profile['slots'] = {};
  for (const role of ['reader', 'writer'] as const) {
    const secret = keyInVariables(env, role);
    if (!secret) continue;
    await keychain.write({ kind: 'credential', id: role }, secret);
    credentials[role] = {
      origin: originInVariables(env),
      addedAt: clock().toISOString(),
      fingerprint: fingerprint(secret),
      store: 'memory',
    };
    slots[role] = role;
  }
  return { credentials, slots };
}

function profileOf(env: NodeJS.ProcessEnv, name: string): Omit<Profile, 'slots'> {
  const organizationId = env['CASTAI_ORGANIZATION_ID'];
  const environment = environments.find(known => known === name) ?? 'other';
  const policy: Policy = recommendedPolicy(environment);
  return {
    environment,
    region: readRegion(env['CASTAI_API_URL'] || 'us'),
    origin: originInVariables(env),
    ...(organizationId ? { organization: { id: organizationId } } : {}),
    authorization: 'x-api-key',
    policy,
  };
}

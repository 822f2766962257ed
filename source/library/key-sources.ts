import { type KeySource, originOf } from '../castai/castai.ts';
import { currentKey } from '../credentials/credentials.ts';
import { CastkeysError } from '../errors.ts';
import type { Secret } from '../keychain/secret.ts';
import { type ChosenProfile, chooseProfile, type Role } from '../profiles/profiles.ts';
import { keyInVariables, keysInVariables, originInVariables } from '../variables/variables.ts';
import type { Here } from './where.ts';

/** Where keys come from. */
export type KeysFrom = 'broker' | 'keychain' | 'variables';

/** What was found of a profile. */
export interface FoundKeys {
  readonly from: KeysFrom;
  readonly profile: string;
  readonly origin: string;
  readonly organizationId: string | undefined;
  readonly authorization: 'x-api-key' | 'bearer';
  readonly keyOf: (role: Role) => KeySource;
}

/**
 * Finds where a profile's keys are.
 * @throws CastkeysError what choosing a profile throws; `usage` where there is nothing of the kind that was asked for.
 */
export function findKeys(here: Here, profile: string | undefined, wanted: KeysFrom | 'auto'): FoundKeys {
  switch (wanted) {
    case 'broker':
      return (
        behindBroker(here, profile) ??
        nothing('This program does not run behind a broker', 'castkeys run --broker -- CMD')
      );
    case 'variables':
      return (
        inVariables(here, profile) ??
        nothing('No variable holds a key', 'set CASTAI_READ_KEY, or CASTAI_API_KEY')
      );
    case 'keychain':
      return inKeychain(here, profile);
    case 'auto':
      return (
        behindBroker(here, profile) ??
        (isRegistered(here, profile) ? undefined : inVariables(here, profile)) ??
        inKeychain(here, profile)
      );
  }
}

function behindBroker({ env }: Here, profile: string | undefined): FoundKeys | undefined {
  const url = env['CASTKEYS_BROKER'];
  const serves = env['CASTKEYS_PROFILE'];
  // A broker holds the keys of one profile.
  if (!url || !serves || (profile ?? serves) !== serves) return undefined;
  return { ...fromVariables(env), from: 'broker', profile: serves, origin: originOf(url) };
}

function inVariables({ env }: Here, profile: string | undefined): FoundKeys | undefined {
  // Variables that `castkeys run` set for another profile are not this one's.
  const isFor = env['CASTKEYS_PROFILE'];
  if (!keysInVariables(env) || (profile && isFor && profile !== isFor)) return undefined;
  return {
    ...fromVariables(env),
    from: 'variables',
    profile: profile ?? isFor ?? 'ci',
    origin: originInVariables(env),
  };
}

function fromVariables(
  env: NodeJS.ProcessEnv,
): Pick<FoundKeys, 'organizationId' | 'authorization' | 'keyOf'> {
  return {
    organizationId: env['CASTAI_ORGANIZATION_ID'] || undefined,
    authorization: 'x-api-key',
    keyOf: role => ({
      current: async () => keyInVariables(env, role) ?? onlyKey(env, role),
      // Whoever set the variable may set it anew; nobody else can.
      renewed: async refused => {
        const now = keyInVariables(env, role);
        return now && now.reveal() !== refused.reveal() ? now : undefined;
      },
    }),
  };
}

function onlyKey(env: NodeJS.ProcessEnv, role: Role): Secret {
  const other = role === 'writer' ? keyInVariables(env, 'reader') : undefined;
  if (other) return other;
  throw new CastkeysError(
    'credential-missing',
    `No variable holds the ${role} key. Nothing was sent.`,
    role === 'reader' ? 'set CASTAI_READ_KEY' : 'set CASTAI_WRITE_KEY',
  );
}

function inKeychain(here: Here, wanted: string | undefined): FoundKeys {
  const { name, profile } = choose(here, wanted);
  return {
    from: 'keychain',
    profile: name,
    origin: profile.origin,
    organizationId: profile.organization?.id,
    authorization: profile.authorization,
    keyOf: role => currentKey(here.install, { profile: name, role, origin: profile.origin }),
  };
}

function choose({ home, env, cwd, install }: Here, flag: string | undefined): ChosenProfile {
  return chooseProfile({ home, env, cwd, config: install.config(), flag });
}

/** Whether castkeys knows the profile here; what is wrong otherwise than that is said where it is chosen. */
function isRegistered(here: Here, wanted: string | undefined): boolean {
  try {
    choose(here, wanted);
    return true;
  } catch (thrown) {
    const isMissing =
      thrown instanceof CastkeysError && ['profile-missing', 'profile-unknown'].includes(thrown.code);
    return !isMissing;
  }
}

function nothing(what: string, next: string): never {
  throw new CastkeysError('usage', `${what}. Nothing was sent.`, next);
}

import { CastkeysError } from '../errors.ts';
import type { Home } from '../home/home.ts';
import { printable } from '../printable.ts';
import type { Config, Profile } from './config.ts';
import { findPin, isAgreedTo, type Pin } from './pin.ts';

/** `variables`: it was made of them, because castkeys knows no profile here. */
export type ChosenBy = 'flag' | 'environment' | 'pin' | 'active' | 'variables';

export interface ChosenProfile {
  readonly name: string;
  readonly profile: Profile;
  readonly chosenBy: ChosenBy;
}

export interface ChoiceOptions {
  readonly home: Home;
  readonly config: Config | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** `--profile`. */
  readonly flag?: string | undefined;
}

/**
 * The profile a command is about: `--profile`, else `CASTKEYS_PROFILE`, else the nearest
 * `.castkeys.json` upwards, else the active one.
 *
 * @throws CastkeysError `profile-missing` where there is none, `profile-unknown`, and `pin-untrusted`
 * for a cloned file that points at production and nobody agreed to: passing it over would silently
 * take another profile.
 */
export function chooseProfile(options: ChoiceOptions): ChosenProfile {
  const { config, env, flag } = options;
  // An empty one is a variable that isn't set in somebody's script: another profile would be the wrong one.
  if (flag !== undefined) return named(config, flag, 'flag');
  const fromEnvironment = env['CASTKEYS_PROFILE'];
  if (fromEnvironment) return named(config, fromEnvironment, 'environment');
  const pin = findPin(options.cwd);
  if (pin?.profile) return pinned(options, pin, pin.profile);
  if (config?.activeProfile) return named(config, config.activeProfile, 'active');
  throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
}

function pinned({ home, config }: ChoiceOptions, pin: Pin, name: string): ChosenProfile {
  const chosen = named(config, name, 'pin');
  if (chosen.profile.environment === 'production' && !isAgreedTo(home, pin)) {
    throw new CastkeysError(
      'pin-untrusted',
      `${pin.path} wants to use ${name}, a production profile, and nobody here agreed to that. Nothing was done.`,
      `look at the file; then: castkeys use ${name} --here (or name a profile with --profile)`,
    );
  }
  return chosen;
}

/**
 * A profile by its name.
 * @throws CastkeysError `profile-unknown` naming those there are.
 */
export function findProfile(config: Config | undefined, name: string): Profile {
  const profile = config && Object.hasOwn(config.profiles, name) ? config.profiles[name] : undefined;
  if (profile) return profile;
  const known = Object.keys(config?.profiles ?? {});
  throw new CastkeysError(
    'profile-unknown',
    `There is no profile called ${JSON.stringify(printable(name, 80))}.`,
    known.length > 0 ? `choose one of: ${known.join(', ')}` : 'castkeys setup',
  );
}

function named(config: Config | undefined, name: string, chosenBy: ChosenBy): ChosenProfile {
  return { name, profile: findProfile(config, name), chosenBy };
}

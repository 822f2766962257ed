import { originOf } from '../castai/regions.ts';
import { CastkeysError } from '../errors.ts';
import { type ChosenProfile, type Config, chooseProfile, type Role, roles } from '../profiles/profiles.ts';
import type { Call } from './command.ts';

/** `--role reader|writer`; reader where it isn't given. */
export function roleOf({ flags }: Call): Role {
  const given = flags.text('role') ?? 'reader';
  const role = roles.find(known => known === given);
  if (role) return role;
  throw new CastkeysError('usage', 'There is no such role.', '--role reader|writer');
}

/**
 * The profile a call is about.
 * @throws CastkeysError what choosing one throws; `origin-mismatch` where `CASTAI_API_URL` names another
 * address than the one its keys are bound to.
 */
export function profileOf(call: Call, config: Config | undefined): ChosenProfile {
  const chosen = chooseProfile({
    home: call.home,
    config,
    env: call.env,
    cwd: call.cwd,
    flag: call.flags.text('profile'),
  });
  refuseOtherOrigin(call.env, chosen);
  return chosen;
}

/** A key is never sent to another address than the one it was verified at. */
export function refuseOtherOrigin(
  env: NodeJS.ProcessEnv,
  { name, profile }: Pick<ChosenProfile, 'name' | 'profile'>,
): void {
  const override = env['CASTAI_API_URL'];
  // Behind a broker the variable is for the programs there; castkeys itself asks where the keys belong.
  if (!override || override === env['CASTKEYS_BROKER'] || originOf(override) === profile.origin) return;
  throw new CastkeysError(
    'origin-mismatch',
    `CASTAI_API_URL names ${originOf(override)}, and the keys of ${name} are bound to ${profile.origin}. They were not sent anywhere.`,
    `unset CASTAI_API_URL, or add a profile for that address: castkeys profiles add NAME --region ${originOf(override)}`,
  );
}

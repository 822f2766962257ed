import type { Place } from '../../credentials/credentials.ts';
import { CastkeysError } from '../../errors.ts';
import { type ChosenProfile, type Config, policyInForce } from '../../profiles/profiles.ts';
import { parseDuration } from '../../rotation/rotation.ts';
import type { Call } from '../command.ts';
import { profileOf, roleOf } from '../role-option.ts';
import type { RotateOne } from './rotate-one.ts';

export function modeOf({ flags }: Call): RotateOne['mode'] {
  if (flags.has('plan')) return 'plan';
  if (flags.has('rollback')) return 'rollback';
  if (flags.has('emergency')) return 'emergency';
  return flags.has('resume') ? 'resume' : 'rotate';
}

/** In ms, as far as they are given. */
export function durationsOf({ flags }: Call): Pick<RotateOne, 'drain' | 'keepDisabled'> {
  const drain = flags.text('drain');
  const keepDisabled = flags.text('keep-disabled');
  return {
    ...(drain === undefined ? {} : { drain: parseDuration(drain, '--drain') }),
    ...(keepDisabled === undefined ? {} : { keepDisabled: parseDuration(keepDisabled, '--keep-disabled') }),
  };
}

/** The place that a call is about: a slot of the profile, or the admin credential of its organization. */
export function placeOf(
  call: Call,
  config: Config | undefined,
): { readonly place: Place; readonly chosen: ChosenProfile } {
  const found = profileOf(call, config);
  const chosen = withPolicy(call, found);
  if (call.flags.text('role') !== 'admin')
    return { place: { kind: 'slot', profile: chosen.name, role: roleOf(call) }, chosen };
  const { origin, organization } = chosen.profile;
  if (organization) return { place: { kind: 'admin', origin, organizationId: organization.id }, chosen };
  throw new CastkeysError(
    'usage',
    `Which organization ${chosen.name} belongs to is not known, and so neither is its admin credential.`,
    `castkeys profiles edit ${chosen.name} --organization ID`,
  );
}

/** With the policy that counts where the call was made. */
export function withPolicy(call: Call, chosen: ChosenProfile): ChosenProfile {
  const { policy } = policyInForce(call, chosen);
  return { ...chosen, profile: { ...chosen.profile, policy } };
}

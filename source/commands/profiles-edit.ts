import { enterEdit } from '../audit/audit.ts';
import { CastkeysError } from '../errors.ts';
import { type Config, findProfile, type Profile } from '../profiles/profiles.ts';
import type { Command, Flags } from './command.ts';
import { requiredName } from './positionals.ts';
import {
  authorizationOf,
  environmentOf,
  placeOf,
  profileOptions,
  withPolicyOptions,
} from './profile-options.ts';
import { withSession } from './session.ts';

const usage =
  'profiles edit NAME [--environment …] [--region …] [--scopes …] [--max-age DAYS] [--expires-in DAYS] [--skip CHECK=REASON]';

export const command: Command = {
  usage: [usage],
  summary: 'Change a profile',
  takesWords: true,
  about:
    'A key is bound to the address it was verified at: a profile that holds one keeps its region and organization.',
  options: profileOptions,
  async run(call) {
    const name = requiredName(call, `castkeys ${usage}`);
    const config = await withSession(call, async ({ install }) => {
      const before = install.config()?.profiles[name];
      const edited = await install.update(now => {
        const profile = edit(name, findProfile(now, name), call.flags);
        return { ...now, profiles: { ...now.profiles, [name]: profile } } satisfies Config;
      });
      await enterEdit(install, name, before, findProfile(edited, name));
      return edited;
    });
    call.streams.stdout.write(
      call.flags.has('json')
        ? `${JSON.stringify({ name, ...config.profiles[name] }, null, 2)}\n`
        : `Changed ${name}.\n`,
    );
    return undefined;
  },
};

function edit(name: string, profile: Profile, flags: Flags): Profile {
  const place = placeOf(flags);
  const organization = flags.text('organization');
  const known = profile.organization?.id;
  const moves =
    (place && place.origin !== profile.origin) || (organization && known && organization !== known);
  if (moves && Object.keys(profile.slots).length > 0) {
    throw new CastkeysError(
      'origin-mismatch',
      `${name} holds keys of ${profile.origin}; they would be of no use elsewhere, and must not be sent there. Nothing was changed.`,
      `castkeys profiles add another one, or remove its keys first: castkeys keys remove --profile ${name} --role reader`,
    );
  }
  const authorization = authorizationOf(flags);
  const environment = environmentOf(flags);
  return {
    ...profile,
    ...place,
    ...(environment ? { environment } : {}),
    ...(authorization ? { authorization } : {}),
    ...(organization && organization !== known ? { organization: { id: organization } } : {}),
    policy: withPolicyOptions(profile.policy, flags),
  };
}

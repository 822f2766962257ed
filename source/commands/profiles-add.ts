import { aboutProfile, enter, profileResource } from '../audit/audit.ts';
import { CastkeysError } from '../errors.ts';
import { type Profile, profileNameProblem, recommendedPolicy } from '../profiles/profiles.ts';
import type { Call, Command } from './command.ts';
import { requiredName } from './positionals.ts';
import {
  authorizationOf,
  environmentOf,
  placeOf,
  profileOptions,
  withPolicyOptions,
} from './profile-options.ts';
import { withSession } from './session.ts';

const usage = 'profiles add NAME --environment development|staging|production|other --region us|eu|india|URL';

export const command: Command = {
  usage: [usage],
  summary: 'Add a profile, without a key yet',
  takesWords: true,
  options: profileOptions,
  examples: [
    'castkeys profiles add staging --environment staging --region eu',
    'castkeys keys add --profile staging --role reader',
  ],
  async run(call) {
    const name = requiredName(call, `castkeys ${usage}`);
    const problem = profileNameProblem(name);
    if (problem) throw new CastkeysError('usage', `${problem} Nothing was added.`, `castkeys ${usage}`);
    const profile = describe(call);
    const config = await withSession(call, async ({ install }) => {
      const added = await install.update(now => {
        if (Object.hasOwn(now.profiles, name)) throw taken(name);
        return {
          ...now,
          profiles: { ...now.profiles, [name]: profile },
          activeProfile: now.activeProfile ?? name,
        };
      });
      await enter(install, {
        action: 'profile.added',
        resource: profileResource(name),
        metadata: aboutProfile(profile),
      });
      return added;
    });
    const active = config.activeProfile === name;
    call.streams.stdout.write(
      call.flags.has('json')
        ? `${JSON.stringify({ name, active, ...profile }, null, 2)}\n`
        : `Added ${name}${active ? ', and made it the active profile' : ''}. Next: castkeys keys add --profile ${name} --role reader\n`,
    );
    return undefined;
  },
};

function describe({ flags }: Call): Profile {
  const environment = environmentOf(flags);
  const place = placeOf(flags);
  if (!environment || !place) {
    throw new CastkeysError(
      'usage',
      `${environment ? '--region' : '--environment'} is missing. Nothing was added.`,
      `castkeys ${usage}`,
    );
  }
  const organization = flags.text('organization');
  return {
    environment,
    ...place,
    authorization: authorizationOf(flags) ?? 'x-api-key',
    policy: withPolicyOptions(recommendedPolicy(environment), flags),
    slots: {},
    ...(organization ? { organization: { id: organization } } : {}),
  };
}

function taken(name: string): CastkeysError {
  return new CastkeysError(
    'usage',
    `There is a profile called ${name} already. It was left as it is.`,
    `castkeys profiles edit ${name}`,
  );
}

import { CastkeysError } from '../errors.ts';
import { type Config, roles } from '../profiles/profiles.ts';
import type { Command } from './command.ts';
import { profileOf, roleOf } from './role-option.ts';
import { runWithKey } from './run/with-key.ts';
import { withSession } from './session.ts';

export const command: Command = {
  usage: ['run [--role reader|writer] [--broker] [--mask] [--webhook] [--env-file FILE] -- CMD [ARGS]'],
  summary: 'Run a command with the key in its environment, or behind the broker',
  takesWords: true,
  about: [
    'Sets CASTAI_API_TOKEN and CASTAI_API_KEY (the same value), CASTAI_API_URL, CASTAI_ORGANIZATION_ID and CASTKEYS_PROFILE;',
    'with both roles filled and no --role also CASTAI_READ_KEY and CASTAI_WRITE_KEY; with --webhook also CASTAI_SECRET,',
    'and CASTAI_SECRET_PREVIOUS while one webhook secret takes the place of another.',
    'With --broker the command gets a token of this run and the address of a proxy on this machine instead: castkeys adds the',
    'key, refuses what the policy does not allow, and takes up a rotation by itself.',
    "Exits with the command's own code, 128+n for a signal, 127 where it isn't found, 126 where it can't be executed.",
  ].join('\n'),
  options: {
    role: { type: 'string', value: 'ROLE', help: 'reader (default) or writer' },
    broker: { type: 'boolean', help: 'the command never gets the key: a proxy on this machine adds it' },
    mask: { type: 'boolean', help: 'hide what it was given in what it writes; it then sees no terminal' },
    webhook: { type: 'boolean', help: "also the profile's webhook secret" },
    'env-file': {
      type: 'string',
      value: 'FILE',
      help: 'more variables; castkeys://PROFILE/ROLE stands for that key',
    },
  },
  examples: [
    'castkeys run -- terraform plan',
    'castkeys run --broker -- terraform plan',
    'castkeys run --mask -- ./print-everything.sh',
    'castkeys run --role writer -- ./deploy.sh',
  ],
  // The child answers to signals, and castkeys waits for it.
  leavesSignalsAlone: true,
  run: call =>
    withSession(call, async session => {
      const [program, ...args] = call.rest;
      if (program === undefined || call.positionals.length > 0) {
        throw new CastkeysError(
          'usage',
          'The command to run stands behind two dashes. Nothing was run.',
          'castkeys run -- terraform plan',
        );
      }
      const config = session.install.config();
      const chosen = profileOf(call, config);
      if (!config) throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
      const wanted = {
        call,
        session,
        config,
        chosen,
        command: { program, args },
        role: roleOf(call),
        wantsBoth: (now: Config) => call.flags.text('role') === undefined && hasBoth(now, chosen.name),
      };
      if (!call.flags.has('broker')) return runWithKey(wanted);
      // Loaded here: a run without a broker has to start quickly.
      const { runBehindBroker } = await import('./run/behind-broker.ts');
      return runBehindBroker(wanted);
    }),
};

function hasBoth(config: Config, name: string): boolean {
  return roles.every(role => config.profiles[name]?.slots[role] !== undefined);
}

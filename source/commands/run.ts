import { CastkeysError } from '../errors.ts';
import { type Config, roles } from '../profiles/profiles.ts';
import type { Command } from './command.ts';
import { profileOf, roleOf } from './role-option.ts';
import { childEnvironment } from './run/child-environment.ts';
import { HeldKeys } from './run/held-keys.ts';
import { runChild } from './run/run-child.ts';
import { withSession } from './session.ts';

export const command: Command = {
  usage: ['run [--role reader|writer] [--webhook] [--env-file FILE] -- CMD [ARGS]'],
  summary: 'Run a command with the key in its environment',
  takesWords: true,
  about: [
    'Sets CASTAI_API_TOKEN and CASTAI_API_KEY (the same value), CASTAI_API_URL, CASTAI_ORGANIZATION_ID and CASTKEYS_PROFILE;',
    'with both roles filled and no --role also CASTAI_READ_KEY and CASTAI_WRITE_KEY; with --webhook also CASTAI_SECRET,',
    'and CASTAI_SECRET_PREVIOUS while one webhook secret takes the place of another.',
    "Exits with the command's own code, 128+n for a signal, 127 where it isn't found, 126 where it can't be executed.",
  ].join('\n'),
  options: {
    role: { type: 'string', value: 'ROLE', help: 'reader (default) or writer' },
    webhook: { type: 'boolean', help: "also the profile's webhook secret" },
    'env-file': {
      type: 'string',
      value: 'FILE',
      help: 'more variables; castkeys://PROFILE/ROLE stands for that key',
    },
  },
  examples: ['castkeys run -- terraform plan', 'castkeys run --role writer -- ./deploy.sh'],
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
      const keychain = await session.install.keychain();
      const held = new HeldKeys(call, program);
      try {
        const env = await held.whileCurrent(session.install.config, (now, onKey) =>
          childEnvironment({
            call,
            config: now,
            chosen: { ...chosen, profile: now.profiles[chosen.name] ?? chosen.profile },
            keychain,
            role: roleOf(call),
            withBoth: call.flags.text('role') === undefined && hasBoth(now, chosen.name),
            onKey,
          }),
        );
        await session.reach(chosen.profile);
        return await runChild({ program, args, env, onStart: pid => held.by(pid) });
      } finally {
        held.end();
      }
    }),
};

function hasBoth(config: Config, name: string): boolean {
  return roles.every(role => config.profiles[name]?.slots[role] !== undefined);
}

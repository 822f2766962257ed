import { pinToAgreeTo } from '../flows/agree-to-repository.ts';
import { switchProfile, switchQuestions } from '../flows/switch-profile.ts';
import type { Call, Command } from './command.ts';
import { playFlow } from './play-flow.ts';
import { oneName } from './positionals.ts';
import { type Session, withSession } from './session.ts';

export const command: Command = {
  usage: ['use [NAME] [--here]'],
  summary: 'Switch the active profile; without a name, pick one',
  takesWords: true,
  options: {
    here: { type: 'boolean', help: 'pin it in ./.castkeys.json instead, for this directory and below' },
  },
  examples: ['castkeys use staging', 'castkeys use production --here'],
  run: call => withSession(call, session => use(call, session)),
};

async function use(call: Call, { install }: Session): Promise<undefined> {
  const name = oneName(call, 'castkeys use [NAME]') ?? call.flags.text('profile');
  const config = install.config();
  const isProduction = name !== undefined && config?.profiles[name]?.environment === 'production';
  const chosen = await playFlow(call, {
    name: 'switch-profile',
    title: 'Switch profile',
    questions: switchQuestions,
    // A name that is not production's leaves nothing to ask, unless the repository wants something of its own.
    isAnswered:
      name !== undefined && (!(isProduction || wantsAgreement(call, install)) || call.flags.has('yes')),
    story: () =>
      switchProfile({
        install,
        config,
        ...(name === undefined ? {} : { name }),
        ...(call.flags.has('here') ? { pinIn: call.cwd } : {}),
      }),
  });
  if (!call.flags.has('json')) {
    const how = call.flags.has('here') ? 'is pinned here' : 'is the active profile now';
    call.streams.stdout.write(`${chosen} ${how}.\n`);
  }
  return undefined;
}

const wantsAgreement = ({ flags, cwd }: Call, install: Session['install']): boolean =>
  flags.has('here') && pinToAgreeTo(install, cwd) !== undefined;

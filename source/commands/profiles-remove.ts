import { removeProfile, removeQuestions } from '../flows/remove.ts';
import type { Command } from './command.ts';
import { playFlow } from './play-flow.ts';
import { requiredName } from './positionals.ts';
import { withSession } from './session.ts';

export const command: Command = {
  usage: ['profiles remove NAME'],
  summary: 'Remove a profile and its keys',
  takesWords: true,
  run: call =>
    withSession(call, async ({ install }) => {
      const name = requiredName(call, 'castkeys profiles remove NAME');
      await playFlow(call, {
        name: 'remove-profile',
        title: 'Remove a profile',
        questions: removeQuestions,
        isAnswered: call.flags.has('yes'),
        story: () => removeProfile(install, name),
      });
      if (!call.flags.has('json')) call.streams.stdout.write(`Removed ${name}.\n`);
      return undefined;
    }),
};

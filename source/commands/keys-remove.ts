import { removeKey, removeQuestions } from '../flows/remove.ts';
import type { Command } from './command.ts';
import { playFlow } from './play-flow.ts';
import { profileOf, roleOf } from './role-option.ts';
import { withSession } from './session.ts';

export const command: Command = {
  usage: ['keys remove [--role reader|writer]'],
  summary: 'Remove a key from the keychain: its only copy',
  about: 'The key itself stays valid until it is revoked at Cast AI.',
  options: { role: { type: 'string', value: 'ROLE', help: 'reader (default) or writer' } },
  run: call =>
    withSession(call, async ({ install }) => {
      const role = roleOf(call);
      const { name } = profileOf(call, install.config());
      await playFlow(call, {
        name: 'remove-key',
        title: 'Remove a key',
        questions: removeQuestions,
        isAnswered: call.flags.has('yes'),
        story: () => removeKey(install, name, role),
      });
      if (!call.flags.has('json')) call.streams.stdout.write(`Removed the ${role} key of ${name}.\n`);
      return undefined;
    }),
};

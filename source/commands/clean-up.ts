import { cleanUp, cleanUpQuestions } from '../flows/clean-up.ts';
import type { Command } from './command.ts';
import { playFlow } from './play-flow.ts';
import { withSession } from './session.ts';
import { surroundingsOf } from './surroundings.ts';

export const command: Command = {
  usage: ['clean-up'],
  summary: 'Take keys out of the files they lie in, once the keychain has them',
  about:
    "Looks through .env files, Terraform variables, shell start-up files and the settings of Cast AI's tools. A key goes from a file only after it was read back from the keychain, and only where you say so; every other byte of the file stays.",
  examples: ['castkeys clean-up', 'echo \'{"clean-up": "remove"}\' | castkeys clean-up --answers -'],
  run: call =>
    withSession(call, async ({ install }) => {
      const { cleaned, left } = await playFlow(call, {
        name: 'clean-up',
        title: 'Take keys out of files',
        questions: cleanUpQuestions,
        story: () => cleanUp({ install, surroundings: surroundingsOf(call) }),
      });
      if (call.flags.has('json')) return undefined;
      const { stdout } = call.streams;
      if (cleaned + left === 0) stdout.write('No key lies in plaintext here.\n');
      else stdout.write(`${cleaned} taken out, ${left} left.\n`);
      return undefined;
    }),
};

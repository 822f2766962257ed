import { CastkeysError } from '../errors.ts';
import { adoptQuestions, adoptStoredKey } from '../flows/adopt-key.ts';
import type { Call, Command } from './command.ts';
import { playFlow } from './play-flow.ts';
import { profileOf, roleOf } from './role-option.ts';
import { isAttended, type Session, withSession } from './session.ts';

export const command: Command = {
  usage: ['keys adopt [--role reader|writer|admin]'],
  summary: "Find out which of Cast AI's keys a stored one is",
  about:
    'Nothing tells a key its own id. Where its owner has several, castkeys uses it and watches whose time of last use moves; with an admin key stored it sees them all. Key age and rotation need to know.',
  options: {
    role: { type: 'string', value: 'ROLE', help: 'reader (default), writer, or admin' },
  },
  examples: ['castkeys keys adopt --role writer'],
  run: call => withSession(call, session => adopt(call, session)),
};

async function adopt(call: Call, session: Session): Promise<undefined> {
  const { install } = session;
  const { flags, streams } = call;
  if (call.positionals.length > 0)
    throw new CastkeysError('usage', 'keys adopt takes no further words.', 'castkeys keys adopt --help');
  const role = flags.text('role') === 'admin' ? 'admin' : roleOf(call);
  const { name, profile } = profileOf(call, install.config());
  const found = await playFlow(call, {
    name: 'adopt-key',
    title: `Find the ${role} key of ${name} at Cast AI`,
    questions: adoptQuestions,
    // Mostly nothing has to be asked: where nobody is, it is tried.
    isAnswered: !isAttended(call),
    story: () =>
      adoptStoredKey({ install, profileName: name, profile, role, reach: () => session.reach(profile) }),
  });
  if (!flags.has('json')) {
    const since = found.createdAt ? `, made ${found.createdAt.slice(0, 10)}` : '';
    streams.stdout.write(`The ${role} key of ${name} is ${found.name || found.id} at Cast AI${since}.\n`);
  }
  return undefined;
}

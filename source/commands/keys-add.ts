import { CastkeysError } from '../errors.ts';
import { addKey, addKeyQuestions } from '../flows/add-key.ts';
import type { Call, Command } from './command.ts';
import { keyFromOptions } from './key-source.ts';
import { playFlow } from './play-flow.ts';
import { profileOf, roleOf } from './role-option.ts';
import { isAttended, type Session, withSession } from './session.ts';

export const command: Command = {
  usage: ['keys add --role reader|writer|admin [--key-stdin | --from-env VAR | --from-dotenv FILE]'],
  summary: 'Verify a key and store it',
  about: 'At the prompt by default; never on the command line, where the shell history would keep it.',
  options: {
    role: {
      type: 'string',
      value: 'ROLE',
      help: 'reader (default), writer, or admin: the one that may create and revoke keys',
    },
    'key-stdin': { type: 'boolean', help: 'read it from standard input, one line' },
    'from-env': { type: 'string', value: 'VAR', help: 'take it from a variable' },
    'from-dotenv': { type: 'string', value: 'FILE', help: 'take it from a dotenv file' },
    replace: { type: 'boolean', help: 'put it in a slot that holds another key' },
    unverified: { type: 'boolean', help: 'store it even if Cast AI can not be reached' },
  },
  examples: ['castkeys keys add --role writer', 'pass show castai/ci | castkeys keys add --key-stdin'],
  run: call => withSession(call, session => add(call, session)),
};

async function add(call: Call, session: Session): Promise<undefined> {
  const { install } = session;
  const { flags, streams } = call;
  const role = flags.text('role') === 'admin' ? 'admin' : roleOf(call);
  const { name, profile } = profileOf(call, install.config());
  const given = await keyFromOptions(call, role);
  if (!given && !isAttended(call) && flags.text('answers') === undefined) {
    throw new CastkeysError(
      'usage',
      'Nobody is here to paste a key, and no source was named. Nothing was stored.',
      'use --key-stdin, --from-env VAR or --from-dotenv FILE',
    );
  }
  await playFlow(call, {
    name: 'add-key',
    title: `Add the ${role} key of ${name}`,
    questions: addKeyQuestions,
    isAnswered: given !== undefined,
    story: () =>
      addKey({
        install,
        profileName: name,
        profile,
        role,
        replace: flags.has('replace'),
        allowUnverified: flags.has('unverified'),
        reach: () => session.reach(profile),
        ...(given ? { given } : {}),
      }),
  });
  const store = install.usesFile() ? 'encrypted file' : 'keychain';
  if (!flags.has('json')) streams.stdout.write(`The ${role} key of ${name} is in the ${store}.\n`);
  return undefined;
}

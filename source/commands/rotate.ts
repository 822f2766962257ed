import { CastkeysError } from '../errors.ts';
import type { Call, Command } from './command.ts';
import { durationsOf, modeOf, placeOf } from './rotate/options.ts';
import { rotateDue } from './rotate/rotate-due.ts';
import { rotateOne } from './rotate/rotate-one.ts';
import { schedule } from './rotate/schedule.ts';
import { type Session, withSession } from './session.ts';

export const command: Command = {
  usage: [
    'rotate [--role reader|writer|admin] [--drain DURATION] [--keep-disabled DURATION] [--to-policy]',
    'rotate --plan | --resume | --rollback | --emergency | --manual',
    'rotate --due [--yes]',
    'rotate --schedule [--install]',
  ],
  summary: 'Replace a key without an outage, and prove it',
  about: [
    'A new key is made, stored, proven, switched to and delivered; the old one works on until it is shown to be unused, is',
    'switched off (which --rollback takes back), seen refused, and only then deleted. Ended or killed at any moment nothing is',
    'lost, and the same command goes on where it was. Exit 7: it is unfinished, and says what it waits for.',
  ].join('\n'),
  options: {
    role: { type: 'string', value: 'ROLE', help: 'reader (default), writer, or admin' },
    plan: { type: 'boolean', help: 'say exactly what would happen, and do nothing' },
    resume: { type: 'boolean', help: 'go on with an unfinished rotation; start none' },
    rollback: { type: 'boolean', help: 'the old key back, the new one removed' },
    emergency: { type: 'boolean', help: 'the key leaked: the old one off first, everything else after' },
    manual: { type: 'boolean', help: 'you make and revoke the keys in the console; no admin key is needed' },
    drain: { type: 'string', value: 'DURATION', help: 'how long the old key must not have been used (24h)' },
    'keep-disabled': {
      type: 'string',
      value: 'DURATION',
      help: 'how long it stays switched off before it is deleted (24h; 0s with --drain 0s)',
    },
    'to-policy': {
      type: 'boolean',
      help: 'make the new key for a service account of its own, with the rights of the policy',
    },
    due: { type: 'boolean', help: 'every key past its age, unfinished rotations first, the admin key last' },
    schedule: { type: 'boolean', help: 'print a timer that runs castkeys rotate --due --yes' },
    install: { type: 'boolean', help: 'with --schedule: install it' },
  },
  examples: [
    'castkeys rotate --plan',
    'castkeys rotate --profile production',
    'castkeys rotate --emergency --role writer',
    'castkeys rotate --schedule --install',
  ],
  run: call => withSession(call, session => rotate(call, session)),
};

async function rotate(call: Call, session: Session): Promise<number | undefined> {
  refuseTogether(call);
  if (call.flags.has('schedule')) return schedule(call);
  if (call.flags.has('due')) return rotateDue(call, session);
  const { place, chosen } = placeOf(call, session.install.config());
  return rotateOne(call, session, { place, chosen, mode: modeOf(call), ...durationsOf(call) });
}

/** Each says what to do; two of them together say nothing. */
const deeds = ['plan', 'resume', 'rollback', 'emergency', 'due', 'schedule'] as const;

function refuseTogether({ flags }: Call): void {
  const given = deeds.filter(name => flags.has(name));
  const dueOf = flags.has('due') && (flags.text('role') ?? flags.text('profile')) !== undefined;
  const installs = flags.has('install') && !flags.has('schedule');
  if (given.length < 2 && !dueOf && !installs) return;
  const why = installs
    ? '--install goes with --schedule'
    : dueOf
      ? '--due looks at every profile and role'
      : `${given.map(name => `--${name}`).join(' and ')} do not go together`;
  throw new CastkeysError('usage', `${why}. Nothing was changed.`, 'castkeys rotate --help');
}

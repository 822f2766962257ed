import { CastkeysError } from '../errors.ts';
import { webhookSecret, webhookSecretQuestions } from '../flows/webhook-secret/webhook-secret.ts';
import { callbackProblem, readWebhookSecret } from '../webhooks/webhooks.ts';
import type { Call, Command } from './command.ts';
import { playFlow } from './play-flow.ts';
import { profileOf } from './role-option.ts';
import { type Session, withSession } from './session.ts';
import { durationOf } from './webhook/duration.ts';
import { givenSecret } from './webhook/given-secret.ts';

export const command: Command = {
  usage: [
    'webhook secret [--url URL | --local] [--secret-stdin | --from-env VAR]',
    'webhook secret --rotate [--overlap DURATION]',
    'webhook secret --finish',
  ],
  summary: "Make or bring a profile's webhook secret, and have Cast AI send it",
  about: [
    'Cast AI signs nothing: it sends the secret in a header, over https. The secret is kept in the keychain; castkeys run --webhook hands it to your receiver.',
    'Before anything is saved at Cast AI, it calls your endpoint once with the new secret. --rotate goes on only when the endpoint took it; until --overlap is over both are accepted.',
  ].join('\n'),
  options: {
    url: { type: 'string', value: 'URL', help: 'where Cast AI is to call' },
    local: { type: 'boolean', help: 'keep the secret here, and leave Cast AI alone' },
    rotate: { type: 'boolean', help: 'put a new secret in the place of this one' },
    overlap: {
      type: 'string',
      value: 'DURATION',
      help: 'how long the old one is accepted then (default 1h)',
    },
    finish: { type: 'boolean', help: 'go on with a rotation, or accept the old one no more' },
    'secret-stdin': { type: 'boolean', help: 'read it from standard input, one line' },
    'from-env': { type: 'string', value: 'VAR', help: 'take it from a variable' },
  },
  examples: [
    'castkeys webhook secret --url https://hooks.example.com/castai',
    'castkeys webhook secret --rotate',
    'castkeys webhook secret --local --from-env CASTAI_SECRET',
  ],
  run: call => withSession(call, session => keepSecret(call, session)),
};

async function keepSecret(call: Call, session: Session): Promise<undefined> {
  const { install } = session;
  const { flags, streams } = call;
  const { name, profile } = profileOf(call, install.config());
  const task = taskOf(call);
  const url = urlOf(call);
  const overlapMs = durationOf(flags.text('overlap') ?? '1h', '--overlap');
  const given = await givenSecret(call, readWebhookSecret);
  const settings = await playFlow(call, {
    name: 'webhook-secret',
    title: task === 'keep' ? `The webhook secret of ${name}` : `Another webhook secret for ${name}`,
    questions: webhookSecretQuestions,
    // Nothing has to be asked where the address is known and a secret is made; --yes takes what is offered.
    isAnswered: flags.has('yes') || (url === false && (given !== undefined || task !== 'keep')),
    story: () =>
      webhookSecret({
        install,
        profileName: name,
        profile,
        task,
        overlapMs,
        reach: () => session.reach(profile),
        ...(url === undefined ? {} : { url }),
        ...(given ? { given } : {}),
      }),
  });
  if (flags.has('json')) return undefined;
  const where = settings?.configuration
    ? `; ${settings.configuration.name} at Cast AI sends it in ${settings.header}`
    : '';
  const until = settings?.previous?.until;
  streams.stdout.write(
    `The webhook secret of ${name} is in the ${install.usesFile() ? 'encrypted file' : 'keychain'}${where}.\n${
      until ? `The one before is accepted until ${until}; castkeys webhook secret --finish ends that.\n` : ''
    }`,
  );
  return undefined;
}

function taskOf({ flags }: Call): 'keep' | 'rotate' | 'finish' {
  if (flags.has('rotate') && flags.has('finish'))
    throw new CastkeysError(
      'usage',
      '--rotate and --finish are two things.',
      'castkeys webhook secret --finish',
    );
  if (flags.has('finish')) return 'finish';
  return flags.has('rotate') ? 'rotate' : 'keep';
}

function urlOf({ flags }: Call): string | false | undefined {
  const url = flags.text('url');
  if (flags.has('local')) {
    if (url === undefined) return false;
    throw new CastkeysError(
      'usage',
      '--local leaves Cast AI alone, and --url sets it there.',
      'castkeys webhook secret --help',
    );
  }
  const problem = url === undefined ? undefined : callbackProblem(url);
  if (problem) throw new CastkeysError('usage', problem, 'castkeys webhook secret --url https://…');
  return url;
}

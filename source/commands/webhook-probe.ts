import { CastkeysError, exitCode } from '../errors.ts';
import { type ProbeReport, probeQuestions, probeWebhook } from '../flows/probe-webhook.ts';
import { callbackProblem, hmacEncodings, isLoopbackUrl, type ProbeScheme } from '../webhooks/webhooks.ts';
import { columns } from './columns.ts';
import type { Call, Command } from './command.ts';
import { playFlow } from './play-flow.ts';
import { profileOf } from './role-option.ts';
import { isAttended, type Session, withSession } from './session.ts';
import { durationOf } from './webhook/duration.ts';
import { secretOption, secretsOf } from './webhook/secrets-of.ts';

const usage = 'castkeys webhook probe http://127.0.0.1:3000/hook';

export const command: Command = {
  usage: ['webhook probe URL [--scheme token|standard|hmac] [--header NAME]'],
  summary: 'Send an endpoint genuine and forged webhooks, and say which it takes',
  about: [
    'Genuine ones have to be taken (2xx); without a proof, with a wrong, a truncated one, that of another secret, with one white space more, stale, from the future, replayed, huge: refused (4xx). A 5xx is no refusal.',
    '--scheme says how the endpoint is proven to: token, the secret in a header, as Cast AI sends it (default); standard, as castkeys webhook relay signs; hmac, of the body alone.',
    'Another host than this machine is asked about first. Exits with 3 where anything is otherwise than it should be.',
  ].join('\n'),
  takesWords: true,
  options: {
    scheme: { type: 'string', value: 'SCHEME', help: 'token (default), standard or hmac' },
    header: { type: 'string', value: 'NAME', help: 'the header of the secret, or of the hmac' },
    encoding: {
      type: 'string',
      value: 'ENCODING',
      help: 'of the hmac: prefixed (sha256= and hex, default), hex or base64',
    },
    timeout: { type: 'string', value: 'DURATION', help: 'for each request (default 10s)' },
    ...secretOption,
  },
  examples: [usage, `${usage} --scheme standard`],
  run: call => withSession(call, session => probe(call, session)),
};

async function probe(call: Call, session: Session): Promise<number | undefined> {
  const { install } = session;
  const { flags, streams } = call;
  const url = urlOf(call);
  const { name, profile } = profileOf(call, install.config());
  const scheme = schemeOf(call, profile.webhook?.header ?? 'X-Webhook-Token');
  const timeoutMs = durationOf(flags.text('timeout') ?? '10s', '--timeout');
  const { secrets } = await secretsOf(call, session);
  const isAnswered = isLoopbackUrl(url) || flags.has('yes');
  const report = await playFlow(call, {
    name: 'probe-webhook',
    title: `Probe ${url.host}`,
    questions: probeQuestions,
    // Where nobody can be asked, and nothing has to be.
    isAnswered: isAnswered && !isAttended(call),
    story: () =>
      probeWebhook({
        install,
        profileName: name,
        profile,
        url,
        scheme,
        timeoutMs,
        hugeBytes: 10 * 1024 * 1024,
        secret: async () => secrets[0],
        isRemembered: flags.text('secret-env') === undefined,
      }),
  });
  if (flags.has('json'))
    streams.stdout.write(
      `${JSON.stringify({ type: 'probed', host: url.host, scheme: scheme.kind, ...report })}\n`,
    );
  else streams.stdout.write(inWords(report));
  return report.isClean ? undefined : exitCode.badAnswer;
}

function urlOf({ positionals }: Call): URL {
  const [given, another] = positionals;
  if (given === undefined || another !== undefined)
    throw new CastkeysError('usage', 'One URL is expected.', usage);
  const problem = callbackProblem(given);
  if (problem) throw new CastkeysError('usage', `${problem} Nothing was sent.`, usage);
  return new URL(given);
}

function schemeOf({ flags }: Call, header: string): ProbeScheme {
  const named = flags.text('header');
  if (named !== undefined && !/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(named))
    throw new CastkeysError('usage', '--header takes the name of an HTTP header.', usage);
  switch (flags.text('scheme') ?? 'token') {
    case 'token':
      return { kind: 'token', header: named ?? header };
    case 'hmac':
      return { kind: 'hmac', header: named ?? 'X-Webhook-Signature', encoding: encodingOf(flags) };
    case 'standard':
      return { kind: 'standard' };
    default:
      throw new CastkeysError('usage', 'There is no such scheme.', '--scheme token|standard|hmac');
  }
}

function encodingOf(flags: Call['flags']): (typeof hmacEncodings)[number] {
  const given = flags.text('encoding') ?? 'prefixed';
  const encoding = hmacEncodings.find(known => known === given);
  if (encoding) return encoding;
  throw new CastkeysError('usage', 'There is no such encoding.', '--encoding prefixed|hex|base64');
}

function inWords({ trials, isClean }: ProbeReport): string {
  const rows = trials.map(({ title, got, what, isRight, meaning }): [string, string] => [
    `${isRight ? (got === 'not-sent' ? '-' : '✓') : '✗'} ${title}`,
    `${got === 'not-sent' ? 'not sent' : `${got} (${what})`}${meaning ? `: ${meaning}` : ''}`,
  ]);
  const wrong = trials.filter(({ isRight }) => !isRight).length;
  const verdict = isClean
    ? 'Clean: it takes what is genuine, and nothing else.'
    : `${wrong} of ${trials.length} are otherwise than they should be.`;
  return `${columns(rows).join('\n')}\n\n${verdict}\n`;
}

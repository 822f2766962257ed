import { CastkeysError, exitCode } from '../errors.ts';
import { verifyWebhook } from '../webhooks/webhooks.ts';
import type { Call, Command } from './command.ts';
import { withSession } from './session.ts';
import { readPayload } from './webhook/payload.ts';
import { secretOption, secretsOf } from './webhook/secrets-of.ts';

const usage = 'castkeys webhook verify --signature SIGNATURE < body.json';

export const command: Command = {
  usage: [
    'webhook verify --signature SIGNATURE [--secret-env VAR]',
    'webhook verify --signature v1,… --id ID --timestamp SECONDS',
  ],
  summary: 'Say whether a signature of the payload on standard input is genuine',
  about: [
    'Takes HMAC-SHA-256 in hex or base64, with or without sha256=, and the v1 signatures of the Standard Webhooks specification. Not what Cast AI sends: it signs nothing.',
    'Exits with 3 where the signature is false. Age is no matter here, unless --tolerance says so.',
  ].join('\n'),
  options: {
    signature: {
      type: 'string',
      value: 'SIGNATURE',
      help: 'what the sender signed; a signature is no secret',
    },
    id: { type: 'string', value: 'ID', help: 'the webhook-id header, for v1 signatures' },
    timestamp: { type: 'string', value: 'SECONDS', help: 'the webhook-timestamp header, for v1 signatures' },
    tolerance: { type: 'string', value: 'SECONDS', help: 'refuse what is older or further in the future' },
    ...secretOption,
  },
  examples: [
    'castkeys webhook verify --signature "$SIGNATURE" < body.json',
    'castkeys webhook verify --signature "$V1" --id "$ID" --timestamp "$TIME"',
  ],
  run: call =>
    withSession(call, async session => {
      const headers = headersFrom(call);
      const toleranceSeconds = toleranceOf(call);
      const { secrets, whose } = await secretsOf(call, session);
      const body = await readPayload(call, usage);
      const isStandard = 'webhook-id' in headers;
      const verdict = await verifyWebhook(
        { headers, body },
        {
          secret: secrets.map(secret => secret.reveal()),
          scheme: isStandard ? { kind: 'standard' } : { kind: 'hmac', header: 'signature' },
          maxBytes: Number.POSITIVE_INFINITY,
          toleranceSeconds,
          now: () => call.clock().getTime(),
        },
      );
      const { flags, streams } = call;
      if (!verdict.verified) {
        const { reason, explanation } = verdict;
        streams.stdout.write(
          flags.has('json')
            ? `${JSON.stringify({ genuine: false, reason })}\n`
            : `Not genuine: ${explanation}.\n`,
        );
        return exitCode.badAnswer;
      }
      const { secretIndex, sentAt } = verdict;
      const secret = secretIndex === 0 ? 'current' : 'previous';
      const sent = sentAt ? { sentAt: sentAt.toISOString() } : {};
      streams.stdout.write(
        flags.has('json')
          ? `${JSON.stringify({ genuine: true, secret, ...sent })}\n`
          : `Genuine: signed with the ${secret} secret of ${whose}${sentAt ? `, sent ${sent.sentAt}` : ''}.\n`,
      );
      return undefined;
    }),
};

function headersFrom({ flags }: Call): Readonly<Record<string, string>> {
  const signature = flags.text('signature');
  if (!signature) throw new CastkeysError('usage', 'The signature is missing.', usage);
  const [id, timestamp] = [flags.text('id'), flags.text('timestamp')];
  if (!signature.startsWith('v1,')) return { signature };
  if (id && timestamp)
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  throw new CastkeysError(
    'usage',
    'A v1 signature is of the id and the time, too: --id and --timestamp are missing.',
    'castkeys webhook verify --help',
  );
}

function toleranceOf({ flags }: Call): number {
  const given = flags.text('tolerance');
  if (given === undefined) return Number.POSITIVE_INFINITY;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new CastkeysError('usage', '--tolerance takes seconds.', `${usage} --tolerance 300`);
}

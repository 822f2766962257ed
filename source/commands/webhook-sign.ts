import { randomUUID } from 'node:crypto';
import { CastkeysError } from '../errors.ts';
import { signPayload, signWebhook } from '../webhooks/webhooks.ts';
import type { Call, Command } from './command.ts';
import { withSession } from './session.ts';
import { readPayload } from './webhook/payload.ts';
import { secretOption, secretsOf } from './webhook/secrets-of.ts';

const usage = 'castkeys webhook sign < body.json';

export const command: Command = {
  usage: [
    'webhook sign [--secret-env VAR] [--base64]',
    'webhook sign --standard [--id ID] [--timestamp SECONDS]',
  ],
  summary: 'Sign a payload on standard input with the webhook secret',
  about: [
    "HMAC-SHA-256 over the bytes as they come. Not what Cast AI sends: it signs nothing. castkeys webhook relay signs Cast AI's webhooks for what stands behind it.",
    '--standard prints the three headers of the Standard Webhooks specification, which sign id and time as well: curl -H @headers --data-binary @body.json URL sends them.',
  ].join('\n'),
  options: {
    ...secretOption,
    base64: { type: 'boolean', help: 'the signature in base64, without sha256=' },
    standard: { type: 'boolean', help: 'webhook-id, webhook-timestamp and webhook-signature, one a line' },
    id: { type: 'string', value: 'ID', help: 'with --standard: default is a new one' },
    timestamp: { type: 'string', value: 'SECONDS', help: 'with --standard: Unix time, default is now' },
  },
  examples: ['castkeys webhook sign < body.json', 'castkeys webhook sign --standard < body.json > headers'],
  run: call =>
    withSession(call, async session => {
      const headersFor = call.flags.has('standard') ? standardParts(call) : undefined;
      const [{ secrets }, payload] = [await secretsOf(call, session), await readPayload(call, usage)];
      const secret = secrets[0].reveal();
      if (headersFor) return print(call, signWebhook({ ...headersFor, body: payload }, secret));
      const signature = signPayload(payload, secret);
      const [, hex = ''] = signature.split('=');
      return print(call, call.flags.has('base64') ? Buffer.from(hex, 'hex').toString('base64') : signature);
    }),
};

function standardParts({ flags, clock }: Call): { readonly id: string; readonly timestamp: number } {
  const id = flags.text('id') ?? randomUUID();
  const given = flags.text('timestamp') ?? String(Math.floor(clock().getTime() / 1000));
  if (!/^[\x21-\x2d\x2f-\x7e]{1,200}$/.test(id))
    throw new CastkeysError(
      'usage',
      '--id takes printable characters without a full stop.',
      `${usage} --standard`,
    );
  if (!/^\d{1,12}$/.test(given))
    throw new CastkeysError('usage', '--timestamp takes Unix time in seconds.', 'date +%s');
  return { id, timestamp: Number(given) };
}

function print(
  { flags, streams: { stdout } }: Call,
  result: string | Readonly<Record<string, string>>,
): undefined {
  const isText = typeof result === 'string';
  if (flags.has('json'))
    stdout.write(`${JSON.stringify(isText ? { signature: result } : { headers: result })}\n`);
  else if (isText) stdout.write(`${result}\n`);
  else for (const [name, value] of Object.entries(result)) stdout.write(`${name}: ${value}\n`);
  return undefined;
}

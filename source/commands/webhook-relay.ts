import { once } from 'node:events';
import { join } from 'node:path';
import { CastkeysError } from '../errors.ts';
import { exitCodeOfEnd } from '../interruption.ts';
import { Secret } from '../keychain/secret.ts';
import { currentSecrets, replayMemory, seenFile, startRelay } from '../webhooks/webhooks.ts';
import type { Call, Command } from './command.ts';
import { profileOf } from './role-option.ts';
import { type Session, withSession } from './session.ts';
import { durationOf } from './webhook/duration.ts';
import { numberOf } from './webhook/number-option.ts';
import { recordLine } from './webhook/record-line.ts';

const usage = 'castkeys webhook relay --to http://127.0.0.1:3000/hook';
const usualPort = '4181';

export const command: Command = {
  usage: ['webhook relay --to URL [--port N] [--host ADDRESS] [--tolerance DURATION]'],
  summary: "Receive Cast AI's webhooks, and forward the genuine ones signed",
  about: [
    'Takes only what carries the webhook secret of the profile, is fresh, and was not taken before; forwards it with the three headers of the Standard Webhooks specification, which any of its libraries verifies under CASTAI_SECRET.',
    "The answer is the target's: 502 where it is down or breaks off, 504 where it is slow; then the webhook may be sent again. Everything else is answered 401 and nothing.",
    'Speaks plain http, on loopback: put what ends TLS before it. GET /healthz says ok. A replaced secret is known at once.',
  ].join('\n'),
  options: {
    to: { type: 'string', value: 'URL', help: 'where genuine webhooks go' },
    port: { type: 'string', value: 'N', help: `listen there (default ${usualPort}; 0: any)` },
    host: { type: 'string', value: 'ADDRESS', help: 'listen on this address (default 127.0.0.1)' },
    tolerance: { type: 'string', value: 'DURATION', help: 'how old a webhook may be (default 5m)' },
    timeout: { type: 'string', value: 'DURATION', help: 'how long the target may take (default 10s)' },
    'max-body': { type: 'string', value: 'KIB', help: 'largest body and answer (default 1024)' },
    'id-field': { type: 'string', value: 'NAME', help: 'where the body says which it is (default id)' },
    'time-field': { type: 'string', value: 'NAME', help: 'where the body says when (default timestamp)' },
    'sign-env': { type: 'string', value: 'VAR', help: 'sign with the secret in this variable instead' },
  },
  examples: [usage, 'castkeys webhook relay --to http://127.0.0.1:3000/hook --port 8080 --json'],
  run: call => withSession(call, session => relay(call, session)),
};

async function relay(call: Call, { install }: Session): Promise<number> {
  const { flags, streams, signal, clock } = call;
  const { name, profile } = profileOf(call, install.config());
  const [to, port, host] = [targetOf(call), portOf(call), flags.text('host') ?? '127.0.0.1'];
  const isJson = flags.has('json');
  const now = () => clock().getTime();
  const say = (line: string) => streams.stderr.write(`${line}\n`);
  const secrets = await currentSecrets(install, name, error =>
    say(
      `castkeys: the webhook secrets can't be read again: ${error instanceof Error ? error.message : 'no reason was told'}`,
    ),
  );
  const signWith = signSecretOf(call);
  const memory = replayMemory({ now });
  // On a port of its own, which no other relay can have, it remembers beyond its end.
  const replay = port > 0 ? seenFile(join(call.home.state, `relay-${port}.seen`), memory, now) : undefined;
  const [idField, timeField] = [flags.text('id-field') ?? 'id', flags.text('time-field') ?? 'timestamp'];
  const started = await startRelay({
    to,
    port,
    host,
    secrets,
    ...(signWith ? { signWith } : {}),
    header: profile.webhook?.header ?? '',
    read: body => ({ id: fieldOf(body, idField), timestamp: fieldOf(body, timeField) }),
    toleranceSeconds: durationOf(flags.text('tolerance') ?? '5m', '--tolerance') / 1000,
    timeoutMs: durationOf(flags.text('timeout') ?? '10s', '--timeout'),
    maxBytes: numberOf(flags.text('max-body') ?? '1024', '--max-body', 1, 102_400) * 1024,
    replay: replay ?? memory,
    now,
    onRequest: record => streams.stdout.write(`${recordLine(record, clock(), isJson)}\n`),
  });
  if (isJson) streams.stdout.write(`${JSON.stringify({ url: started.url, to: to.origin, profile: name })}\n`);
  else say(`The relay of ${name} listens on ${started.url} and forwards to ${to.origin}. Ctrl+C ends it.`);
  if (!isLoopbackAddress(host))
    say(
      'It can be reached from elsewhere, over plain http: put what ends TLS before it, or the secret can be read on the way.',
    );
  if (!signal.aborted) await once(signal, 'abort');
  await started.close();
  replay?.close();
  return exitCodeOfEnd(signal);
}

function targetOf({ flags }: Call): URL {
  const given = flags.text('to');
  if (given === undefined) throw new CastkeysError('usage', 'Where webhooks go is missing.', usage);
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CastkeysError('usage', '--to takes an http or https URL.', usage);
  if (url.username || url.password)
    throw new CastkeysError(
      'usage',
      '--to takes no user and password: the shell history keeps them. What is forwarded is signed.',
      usage,
    );
  return url;
}

const portOf = ({ flags }: Call): number => numberOf(flags.text('port') ?? usualPort, '--port', 0, 65_535);

function signSecretOf({ flags, env }: Call): Secret | undefined {
  const variable = flags.text('sign-env');
  if (variable === undefined) return undefined;
  const value = env[variable];
  if (value) return new Secret(value);
  throw new CastkeysError('usage', `The variable ${variable} holds no secret.`, usage);
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null
    ? new Map<string, unknown>(Object.entries(body)).get(name)
    : undefined;
}

const isLoopbackAddress = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);

import { CastkeysError } from '../../errors.ts';
import type { Secret } from '../../keychain/secret.ts';
import type { Call } from '../command.ts';

const longest = 64 * 1024;

type Read = (text: string) => { readonly secret: Secret } | { readonly problem: string };

/** The secret that `--secret-stdin` or `--from-env` gives; undefined where neither was used. */
export async function givenSecret(call: Call, read: Read): Promise<Secret | undefined> {
  const { flags, env, streams } = call;
  const variable = flags.text('from-env');
  if (flags.has('secret-stdin')) {
    if (variable !== undefined) throw unusable('More than one source was named');
    return understood(read, await line(streams.stdin), 'Standard input');
  }
  if (variable === undefined) return undefined;
  return understood(read, env[variable] ?? '', `The variable ${variable}`);
}

async function line(stdin: NodeJS.ReadStream): Promise<string> {
  if (stdin.isTTY) throw unusable('--secret-stdin reads a pipe, and standard input is a terminal');
  let content = '';
  for await (const chunk of stdin.setEncoding('utf8')) {
    content += chunk;
    if (content.length > longest) throw unusable('Standard input is far longer than a secret');
  }
  return content;
}

function understood(read: Read, text: string, source: string): Secret {
  const result = read(text);
  if ('secret' in result) return result.secret;
  throw unusable(`${source} holds no webhook secret. ${result.problem.replace(/\.$/, '')}`);
}

const unusable = (what: string): CastkeysError =>
  new CastkeysError('usage', `${what}. Nothing was stored.`, 'use --secret-stdin or --from-env VAR');

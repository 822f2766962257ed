import { readPastedKey } from '../castai/castai.ts';
import { CastkeysError } from '../errors.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Call } from './command.ts';
import { readDotenv } from './read-dotenv.ts';

/** Longer than any key by far: reading on would only fill memory. */
const longestInput = 64 * 1024;

/** The names that Cast AI's own tools and the usual write-ups use (section 1.3 of the API facts). */
const names = ['CASTAI_API_KEY', 'CASTAI_API_TOKEN'] as const;
const namesByRole: Readonly<Record<string, readonly string[]>> = {
  reader: ['CASTAI_READ_KEY', ...names],
  writer: ['CASTAI_WRITE_KEY', ...names],
  admin: names,
};

/**
 * The key that `--key-stdin`, `--from-env` or `--from-dotenv` gives; undefined where none of them was used.
 * @throws CastkeysError `usage` where there is no key there, without repeating what was.
 */
export async function keyFromOptions(
  { flags, env, streams }: Call,
  role: string,
): Promise<Secret | undefined> {
  const variable = flags.text('from-env');
  const file = flags.text('from-dotenv');
  const given = [flags.has('key-stdin'), variable !== undefined, file !== undefined].filter(Boolean);
  if (given.length > 1) throw unusable('More than one source was named');
  if (flags.has('key-stdin')) return readKey(await readLine(streams.stdin), 'Standard input');
  if (variable !== undefined) return readKey(env[variable], `The variable ${variable}`);
  if (file !== undefined) return readKey(fromDotenv(file, namesByRole[role] ?? names), file);
  return undefined;
}

async function readLine(stdin: NodeJS.ReadStream): Promise<string> {
  if (stdin.isTTY) throw unusable('--key-stdin reads a pipe, and standard input is a terminal');
  let content = '';
  for await (const chunk of stdin.setEncoding('utf8')) {
    content += chunk;
    if (content.length > longestInput) throw unusable('Standard input is far longer than a key');
  }
  return content;
}

function fromDotenv(file: string, wanted: readonly string[]): string | undefined {
  let variables: ReturnType<typeof readDotenv>;
  try {
    variables = readDotenv(file);
  } catch (thrown) {
    throw unusable(`${file} can't be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const found = new Set(wanted.flatMap(name => variables[name] || []));
  if (found.size > 1) throw unusable(`${file} holds several keys under ${wanted.join(', ')}`);
  return [...found][0];
}

function readKey(value: string | undefined, source: string): Secret {
  if (!value) throw unusable(`${source} holds no key`);
  const read = readPastedKey(value);
  if ('problem' in read) throw unusable(`${source} holds no usable key: ${read.problem.replace(/\.$/, '')}`);
  return read.secret;
}

function unusable(what: string): CastkeysError {
  return new CastkeysError(
    'usage',
    `${what}. Nothing was stored.`,
    'give one key with --key-stdin, --from-env VAR or --from-dotenv FILE',
  );
}

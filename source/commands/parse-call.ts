import { parseArgs } from 'node:util';
import { redactKeys } from '../castai/key-shape.ts';
import { CastkeysError } from '../errors.ts';
import { printable } from '../printable.ts';
import { type Command, commonOptions, Flags } from './command.ts';

export interface ParsedCall {
  readonly positionals: readonly string[];
  readonly flags: Flags;
  readonly rest: readonly string[];
}

/**
 * Reads the words behind a verb.
 * @throws CastkeysError `usage`; a key among the words is never repeated.
 */
export function parseCall(command: Command, words: readonly string[]): ParsedCall {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  const rest = end < 0 ? [] : words.slice(end + 1);
  refuseKeys(own);
  const { positionals, values } = parseOptions(command, own);
  if (!command.takesWords && values['help'] !== true) refuseWords(command, positionals);
  return { positionals, flags: new Flags(values), rest };
}

function parseOptions(command: Command, words: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries({ ...commonOptions, ...command.options }).map(([name, { type, short }]) => [
      name,
      { type, ...(short ? { short } : {}) },
    ]),
  );
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (thrown) {
    const reason = thrown instanceof Error ? (thrown.message.split(/\. |\n/)[0] ?? '') : String(thrown);
    throw new CastkeysError('usage', `${printable(reason)}.`, `castkeys ${wordsOf(command)} --help`);
  }
}

/** The words of the verb: usage goes on with what stands for something else. */
function wordsOf({ usage }: Command): string {
  return /^[a-z]+(?: [a-z]+)*/.exec(usage[0] ?? '')?.[0] ?? '';
}

function refuseWords(command: Command, [unexpected]: readonly string[]): void {
  if (unexpected === undefined) return;
  throw new CastkeysError(
    'usage',
    `${JSON.stringify(printable(unexpected, 40))} was not expected. Nothing was done.`,
    `castkeys ${wordsOf(command)} --help`,
  );
}

function refuseKeys(words: readonly string[]): void {
  if (words.every(word => redactKeys(word) === word)) return;
  throw new CastkeysError(
    'usage',
    'There is a key on the command line, where the shell history and every program on this machine can read it. It was not used.',
    'rotate that key; give keys at the prompt, with --key-stdin, --from-env VAR or --from-dotenv FILE',
  );
}

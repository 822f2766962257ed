import { type Command, commonOptions, type Option } from './command.ts';
import type { Verb } from './verbs.ts';

const contents = `Cast AI API keys in the OS keychain: one per environment, least privilege, rotated without an outage.`;

/** The text of `castkeys --help`. */
export function generalHelp(verbs: readonly Verb[]): string {
  return [
    contents,
    '',
    'Usage: castkeys [COMMAND] [OPTIONS]',
    '',
    ...columns(verbs.map(({ words, summary }) => [words.join(' '), summary])),
    '',
    'Options of every command:',
    ...optionLines(commonOptions),
    '      --version  the version of castkeys',
    '',
    'Without a command: the checklist, or on a first run the wizard.',
    'castkeys COMMAND --help says more.',
    '',
  ].join('\n');
}

/** The text of `castkeys COMMAND --help`. */
export function commandHelp(command: Command): string {
  const own = command.options ? ['Options:', ...optionLines(command.options), ''] : [];
  const examples = command.examples ? ['Examples:', ...command.examples.map(line => `  ${line}`), ''] : [];
  return [
    `${command.summary}.`,
    '',
    ...command.usage.map((line, index) => `${index === 0 ? 'Usage:' : '      '} castkeys ${line}`),
    '',
    ...(command.about ? [command.about, ''] : []),
    ...own,
    ...examples,
    'Options of every command:',
    ...optionLines(commonOptions),
    '',
  ].join('\n');
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  return columns(
    Object.entries(options).map(([name, { short, value, help }]) => [
      `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`,
      help,
    ]),
  );
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

import { columns, helpWidth } from './columns.ts';
import { type Command, commonOptions, type Option } from './command.ts';
import { topics } from './help/topics.ts';
import type { Verb } from './verbs.ts';
import { wrap } from './wrap.ts';

const contents = `Cast AI API keys in the OS keychain: one per environment, least privilege, rotated without an outage.`;

const version: Readonly<Record<string, Option>> = {
  version: { type: 'boolean', short: 'v', help: 'the version of castkeys' },
};

/** The text of `castkeys --help`. */
export function generalHelp(verbs: readonly Verb[]): string {
  return [
    ...wrap(contents, helpWidth),
    '',
    'Usage: castkeys [COMMAND] [OPTIONS]',
    '',
    ...verbLines(verbs),
    '',
    'Options of every command:',
    ...optionLines({ ...commonOptions, ...version }),
    '',
    'Topics (castkeys help TOPIC):',
    ...columns(topics.map(({ name, summary }) => [name, summary])),
    '',
    'Without a command: the checklist, or on a first run the wizard.',
    'castkeys help COMMAND says more.',
    '',
  ].join('\n');
}

/** Commands with what they do, one a line. */
export function verbLines(verbs: readonly Verb[]): readonly string[] {
  return columns(verbs.map(({ words, summary }) => [words.join(' '), summary]));
}

/** The text of `castkeys COMMAND --help`. */
export function commandHelp(command: Command): string {
  const own = command.options ? ['Options:', ...optionLines(command.options), ''] : [];
  const examples = command.examples ? ['Examples:', ...command.examples.map(line => `  ${line}`), ''] : [];
  const about = command.about?.split('\n').flatMap(line => wrap(line, helpWidth));
  return [
    ...wrap(`${command.summary}.`, helpWidth),
    '',
    ...command.usage.flatMap((line, index) => usageLines(line, index === 0 ? 'Usage:' : '      ')),
    '',
    ...(about ? [...about, ''] : []),
    ...own,
    ...examples,
    'Options of every command:',
    ...optionLines(commonOptions),
    '',
  ].join('\n');
}

/** Broken only between options, so that each stays with its value. */
function usageLines(usage: string, label: string): readonly string[] {
  const held = usage.replaceAll(/\[[^\]]*\]|--\S+ \S+/g, part => part.replaceAll(' ', '\u00a0'));
  const [first = '', ...others] = wrap(held, helpWidth - 'Usage: castkeys '.length);
  const indent = ' '.repeat('Usage: castkeys '.length);
  return [`${label} castkeys ${first}`, ...others.map(line => `${indent}${line}`)].map(line =>
    line.replaceAll('\u00a0', ' '),
  );
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  return columns(
    Object.entries(options).map(([name, { short, value, help }]) => [
      `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`,
      help,
    ]),
  );
}

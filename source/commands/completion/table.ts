import { type Command, commonOptions, type Option } from '../command.ts';
import { topicNames } from '../help/topics.ts';
import type { Verb } from '../verbs.ts';

/** What can stand somewhere: one of these words, or whatever is asked for at each Tab. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'profiles' }
  | { readonly kind: 'roles' }
  | { readonly kind: 'files' }
  /** Something new, which nobody can complete. */
  | { readonly kind: 'anything' };

export interface OptionEntry {
  readonly name: string;
  readonly short?: string;
  readonly help: string;
  /** Absent for an option without a value. */
  readonly values?: Values;
}

export interface VerbEntry {
  /** `profiles add` */
  readonly verb: string;
  readonly summary: string;
  /** Its own and those of every command. */
  readonly options: readonly OptionEntry[];
  /** What may stand behind it. */
  readonly argument: Values;
}

/** Everything the three scripts are made of. */
export interface CompletionTable {
  readonly verbs: readonly VerbEntry[];
  /** First words, with what they do. */
  readonly nouns: readonly (readonly [word: string, summary: string])[];
  /** Options where no command was named yet. */
  readonly bare: readonly OptionEntry[];
}

/** Reads the one table of commands, and the options of each. */
export async function completionTable(verbs: readonly Verb[]): Promise<CompletionTable> {
  const entries = await Promise.all(
    verbs.map(async ({ words, summary, load }): Promise<VerbEntry> => {
      const { command } = await load();
      const verb = words.join(' ');
      return { verb, summary, options: optionsOf(command), argument: argumentOf(verb, verbs) };
    }),
  );
  const nouns = new Map<string, string>();
  for (const { words, summary } of verbs) {
    const [noun = ''] = words;
    const others = verbs.flatMap(verb => (verb.words[0] === noun && verb.words[1] ? [verb.words[1]] : []));
    nouns.set(noun, others.length > 0 ? others.join(', ') : summary);
  }
  const version = { name: 'version', short: 'v', help: 'the version of castkeys' };
  return { verbs: entries, nouns: [...nouns], bare: [...optionEntries(commonOptions, ''), version] };
}

function optionsOf({ options = {}, usage }: Command): readonly OptionEntry[] {
  return optionEntries({ ...options, ...commonOptions }, usage.join(' '));
}

function optionEntries(options: Readonly<Record<string, Option>>, usage: string): readonly OptionEntry[] {
  return Object.entries(options).map(([name, option]) => ({
    name,
    ...(option.short ? { short: option.short } : {}),
    help: option.help,
    ...(option.type === 'string' ? { values: valuesOf(name, option, usage) } : {}),
  }));
}

function valuesOf(name: string, { value = '', help }: Option, usage: string): Values {
  if (name === 'profile') return { kind: 'profiles' };
  if (value.includes('FILE') || value.includes('PATH')) return { kind: 'files' };
  const words = wordsIn(value) ?? wordsIn(usage.split(`--${name} `)[1] ?? '') ?? wordsListed(help);
  // A key may be added to any role; everywhere else it takes one that is filled.
  if (name === 'role' && !words?.includes('admin')) return { kind: 'roles' };
  return words ? { kind: 'words', words } : { kind: 'anything' };
}

/** `us|eu|india|URL` are three words and something to fill in. */
function wordsIn(text: string): readonly string[] | undefined {
  const alternatives = /^[^\s\]]*\|[^\s\]]*/.exec(text)?.[0].split('|') ?? [];
  const words = alternatives.filter(word => /^[a-z][a-z0-9-]*$/.test(word));
  return words.length > 0 ? words : undefined;
}

/** Help that is nothing but the words: `one, two, three`, or `one (default) or two`. */
function wordsListed(help: string): readonly string[] | undefined {
  const words = help.replace(' (default)', '').split(/, | or /);
  return words.length > 1 && words.every(word => /^[a-z][a-z0-9-]*$/.test(word)) ? words : undefined;
}

const named: readonly string[] = ['use', 'profiles show', 'profiles edit', 'profiles remove'];

function argumentOf(verb: string, verbs: readonly Verb[]): Values {
  if (named.includes(verb)) return { kind: 'profiles' };
  switch (verb) {
    case 'completion':
      return { kind: 'words', words: ['bash', 'zsh', 'fish'] };
    case 'help':
      return {
        kind: 'words',
        words: [...new Set([...verbs.map(({ words }) => words[0] ?? ''), ...topicNames])],
      };
    case 'profiles add':
      return { kind: 'anything' };
    default:
      return { kind: 'files' };
  }
}

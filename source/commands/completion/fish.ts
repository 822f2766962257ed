import type { CompletionTable, OptionEntry, Values } from './table.ts';

/** One `complete` a word or option, each under the condition that its command was named. */
export function fishScript({ verbs, nouns, bare }: CompletionTable): string {
  const pairs = verbs.filter(({ verb }) => verb.includes(' '));
  const withValue = new Set(
    verbs.flatMap(({ options }) => options.flatMap(one => (one.values ? [one.name] : []))),
  );
  return `# castkeys completion for fish. Put into ~/.config/fish/config.fish: castkeys completion fish | source
function __castkeys_verb --description 'the command on the line, as castkeys reads it'
    set -l found
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case --
                echo behind-dashes
                return
            case ${[...withValue].map(name => `--${name}`).join(' ')}
                set skip 1
            case '-*'
            case '*'
                set -a found $word
        end
    end
    switch "$found[1..2]"
        case ${pairs.map(({ verb }) => `'${verb}'`).join(' ')}
            echo "$found[1..2]"
        case '*'
            echo "$found[1]"
    end
end

function __castkeys_is
    contains -- (__castkeys_verb) $argv
end

function __castkeys_profiles
    castkeys completion profiles 2>/dev/null
end

function __castkeys_roles
    set -l words (commandline -opc)
    set -l at (contains -i -- --profile $words)
    and set -l profile --profile $words[(math $at + 1)]
    castkeys completion roles $profile 2>/dev/null
end

function __castkeys_rest --description 'what the command behind two dashes would complete to'
    set -l words (commandline -opc) (commandline -ct)
    set -l at (contains -i -- -- $words)
    complete -C (string join ' ' -- $words[(math $at + 1)..-1])
end

complete -c castkeys -f
complete -c castkeys -n "__castkeys_is behind-dashes" -a "(__castkeys_rest)"
${nouns.map(([word, summary]) => `complete -c castkeys -n "__castkeys_is ''" -a ${word} -d ${quoted(summary)}`).join('\n')}
${bare.map(one => option("''", one)).join('\n')}
${pairs.map(({ verb, summary }) => noun(verb, summary)).join('\n')}
${bare.map(one => option([...new Set(pairs.map(({ verb }) => `'${verb.split(' ')[0]}'`))].join(' '), one)).join('\n')}
${verbs.flatMap(({ verb, options, argument }) => [...options.map(one => option(`'${verb}'`, one)), ...behind(verb, argument)]).join('\n')}
`;
}

function noun(verb: string, summary: string): string {
  const [first, second] = verb.split(' ');
  return `complete -c castkeys -n "__castkeys_is '${first}'" -a ${second} -d ${quoted(summary)}`;
}

function option(verb: string, { name, short, help, values }: OptionEntry): string {
  const value = values ? ` ${argument(values)}` : '';
  return `complete -c castkeys -n "__castkeys_is ${verb}" -l ${name}${short ? ` -s ${short}` : ''}${value} -d ${quoted(help)}`;
}

function behind(verb: string, values: Values): readonly string[] {
  if (values.kind === 'anything') return [];
  const flag = values.kind === 'files' ? '-F' : `-a ${choices(values)}`;
  return [`complete -c castkeys -n "__castkeys_is '${verb}'" ${flag}`];
}

function argument(values: Values): string {
  switch (values.kind) {
    case 'files':
      return '-rF';
    case 'anything':
      return '-x';
    default:
      return `-xa ${choices(values)}`;
  }
}

function choices(values: Exclude<Values, { readonly kind: 'files' | 'anything' }>): string {
  return values.kind === 'words' ? `'${values.words.join(' ')}'` : `'(__castkeys_${values.kind})'`;
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

import type { CompletionTable, OptionEntry, Values } from './table.ts';

/** For bash 3.2 and newer: macOS still has that. */
export function bashScript({ verbs, nouns, bare }: CompletionTable): string {
  const cases = verbs.map(
    ({ verb, options, argument }) => `    '${verb}')
      options='${flags(options)}'
      case "$prev" in
${valueCases(options)}
      esac
      ${offer(argument)}
      ;;`,
  );
  const pairs = verbs.map(({ verb }) => verb).filter(verb => verb.includes(' '));
  const withValue = new Set(
    verbs.flatMap(({ options }) => options.flatMap(one => (one.values ? [`--${one.name}`] : []))),
  );
  return `# castkeys completion for bash. Put into ~/.bashrc: source <(castkeys completion bash)
_castkeys_offer() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_castkeys() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" options=''
  local first='' verb='' profile='' at word
  local IFS=$' \\t\\n'
  COMPREPLY=()
  # --role=reader comes as three words.
  if [ "$cur" = '=' ]; then cur=''; elif [ "$prev" = '=' ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    case "$word" in
      --)
        # What is run is not castkeys' to complete.
        if ((at + 1 == COMP_CWORD)); then COMPREPLY=($(compgen -c -- "$cur")); fi
        return
        ;;
      ${[...withValue].join('|')})
        if [ "\${COMP_WORDS[at+1]}" = '=' ]; then at=$((at + 1)); fi
        at=$((at + 1))
        if [ "$word" = '--profile' ]; then profile="\${COMP_WORDS[at]}"; fi
        ;;
      -*) ;;
      *)
        if [ -z "$first" ]; then
          first="$word"
          verb="$word"
        elif [ "$verb" = "$first" ]; then
          case "$first $word" in ${pairs.map(pair => `'${pair}'`).join('|')}) verb="$first $word" ;; esac
        fi
        ;;
    esac
  done
  case "$verb" in
    '')
      options='${flags(bare)}'
      case "$prev" in
${valueCases(bare)}
      esac
      _castkeys_offer $'${nouns.map(([word]) => word).join('\\n')}'
      ;;
${cases.join('\n')}
    *)
      options='${flags(bare)}'
      case "$prev" in
${valueCases(bare)}
      esac
      case "$verb" in
${nounCases(pairs)}
      esac
      ;;
  esac
  case "$cur" in -*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;; esac
}
complete -o default -F _castkeys castkeys
`;
}

function flags(options: readonly OptionEntry[]): string {
  return options.flatMap(({ name, short }) => [`--${name}`, ...(short ? [`-${short}`] : [])]).join(' ');
}

/** Behind an option that takes a value, nothing but that value is offered. */
function valueCases(options: readonly OptionEntry[]): string {
  return options
    .flatMap(({ name, values }) => (values ? [`        --${name}) ${offer(values)}; return ;;`] : []))
    .join('\n');
}

function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `_castkeys_offer $'${values.words.join('\\n')}'`;
    case 'profiles':
      return '_castkeys_offer "$(castkeys completion profiles 2>/dev/null)"';
    case 'roles':
      return `_castkeys_offer "$(castkeys completion roles \${profile:+--profile "$profile"} 2>/dev/null)"`;
    // Nothing offered leaves it to -o default, which knows files.
    case 'files':
    case 'anything':
      return 'COMPREPLY=()';
  }
}

function nounCases(pairs: readonly string[]): string {
  const nouns = [...new Set(pairs.map(pair => pair.split(' ')[0] ?? ''))];
  return nouns
    .map(noun => {
      const words = pairs.flatMap(pair => (pair.startsWith(`${noun} `) ? [pair.slice(noun.length + 1)] : []));
      return `        ${noun}) _castkeys_offer $'${words.join('\\n')}' ;;`;
    })
    .join('\n');
}

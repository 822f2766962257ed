import type { CompletionTable, OptionEntry, Values, VerbEntry } from './table.ts';

/** One function of its own and `_arguments` for the rest; works as a file `_castkeys` on the fpath, too. */
export function zshScript({ verbs, nouns, bare }: CompletionTable): string {
  const valued = bare.flatMap(({ name, values }) => (values ? [`--${name}`] : []));
  return `#compdef castkeys
# castkeys completion for zsh. Put into ~/.zshrc, below compinit: source <(castkeys completion zsh)
_castkeys_profiles() {
  local -a names
  names=(\${(f)"$(castkeys completion profiles 2>/dev/null)"})
  compadd -a names
}

_castkeys_roles() {
  local -a names of
  local named="\${opt_args[--profile]:-$profile}"
  [[ -n "$named" ]] && of=(--profile "$named")
  names=(\${(f)"$(castkeys completion roles $of 2>/dev/null)"})
  compadd -a names
}

_castkeys_nouns() {
  local -a nouns
  nouns=(
${nouns.map(([word, summary]) => `    ${quoted(`${word}:${summary}`)}`).join('\n')}
  )
  _describe -t commands 'castkeys command' nouns
}

_castkeys() {
  local curcontext="$curcontext" context state line
  typeset -A opt_args
  # A noun and its verb become one word, so that what is behind them counts from there.
  local -i dashes=\${words[(i)--]}
  if (( dashes < CURRENT )); then
    shift dashes words
    (( CURRENT -= dashes ))
    _normal
    return
  fi
  # Options may stand before the command, which is looked for in the second word.
  local profile=''
  while [[ "\${words[2]}" == -* ]] && (( CURRENT > 2 )); do
    case "\${words[2]}" in
      ${valued.join('|')})
        (( CURRENT > 3 )) || break
        [[ "\${words[2]}" == --profile ]] && profile="\${words[3]}"
        words[2,3]=()
        (( CURRENT -= 2 ))
        ;;
      *)
        words[2]=()
        (( CURRENT -= 1 ))
        ;;
    esac
  done
  case "\${words[2]} \${words[3]}" in
${verbs
  .filter(({ verb }) => verb.includes(' '))
  .map(pairCase)
  .join('\n')}
  esac
  case "\${words[2]}" in
${verbs
  .filter(({ verb }) => !verb.includes(' '))
  .map(singleCase)
  .join('\n')}
${nounCases(verbs)}
  esac
  _arguments -S \\
${bare.flatMap(spec).join(' \\\n')} \\
    '1: :_castkeys_nouns'
}

# Read by compinit from the fpath it is the function itself; sourced, it has to be made known.
if [[ "\${funcstack[1]}" == _castkeys ]]; then _castkeys "$@"; elif (( $+functions[compdef] )); then compdef _castkeys castkeys; fi
`;
}

function pairCase(entry: VerbEntry): string {
  // Only where the verb is finished: the word under the cursor is still being chosen.
  return `    '${entry.verb}')
      if (( CURRENT > 3 )); then
        shift 2 words
        (( CURRENT -= 2 ))
        ${argumentsOf(entry)}
        return
      fi
      ;;`;
}

function singleCase(entry: VerbEntry): string {
  return `    ${entry.verb})
      if (( CURRENT > 2 )); then
        shift words
        (( CURRENT -= 1 ))
        ${argumentsOf(entry)}
        return
      fi
      ;;`;
}

function nounCases(verbs: readonly VerbEntry[]): string {
  const pairs = verbs.filter(({ verb }) => verb.includes(' '));
  const nouns = [...new Set(pairs.map(({ verb }) => verb.split(' ')[0] ?? ''))];
  return nouns
    .map(noun => {
      const own = pairs.filter(({ verb }) => verb.startsWith(`${noun} `));
      const words = own.map(({ verb, summary }) => quoted(`${verb.slice(noun.length + 1)}:${summary}`));
      return `    ${noun})
      if (( CURRENT == 3 )); then
        local -a verbs
        verbs=(${words.join(' ')})
        _describe -t commands '${noun} command' verbs
        return
      fi
      ;;`;
    })
    .join('\n');
}

function argumentsOf({ options, argument }: VerbEntry): string {
  const specs = [...options.flatMap(spec), `    ${quoted(`*: :${action(argument)}`)}`];
  return `_arguments -S \\\n${specs.join(' \\\n')}`;
}

function spec({ name, short, help, values }: OptionEntry): readonly string[] {
  const said = help.replaceAll(/[[\]:\\]/g, '\\$&');
  const value = values ? `: :${action(values)}` : '';
  return [
    `    ${quoted(`--${name}${values ? '=' : ''}[${said}]${value}`)}`,
    ...(short ? [`    ${quoted(`-${short}[${said}]${value}`)}`] : []),
  ];
}

function action(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `(${values.words.join(' ')})`;
    case 'profiles':
      return '_castkeys_profiles';
    case 'roles':
      return '_castkeys_roles';
    case 'files':
      return '_files';
    case 'anything':
      return ' ';
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

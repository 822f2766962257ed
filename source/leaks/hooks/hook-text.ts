export const hookNames = ['pre-commit', 'pre-push'] as const;
export type HookName = (typeof hookNames)[number];

/** How a hook calls castkeys. */
export interface HookCaller {
  /** This very program, for where it is not on the PATH; absent in a hook that others get with the repository. */
  readonly fallback?: readonly string[];
}

const begin = '# >>> castkeys >>>';
const end = '# <<< castkeys <<<';
const block = new RegExp(`${begin}\\n[\\s\\S]*?${end}\\n`);

/** A text in single quotes, as a shell reads it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The lines that a hook of ours consists of. They end it only where a key was found, or could not be looked for. */
function blockOf(name: HookName, { fallback }: HookCaller): string {
  // git push shows what a hook says on standard output only to whoever reads that.
  const call = name === 'pre-commit' ? 'scan --staged >&2' : 'scan --pushing "$1" >&2';
  // What git says to a pre-push hook can be read once: it is kept for whatever else the hook does.
  const before = name === 'pre-push' ? ['castkeys_refs=$(cat)'] : [];
  const input = name === 'pre-push' ? 'printf \'%s\\n\' "$castkeys_refs" | ' : '';
  const after = name === 'pre-push' ? ['exec <<castkeys_end', '$castkeys_refs', 'castkeys_end'] : [];
  const otherwise = fallback
    ? [
        `elif [ -e ${quoted(fallback.at(-1) ?? '')} ]; then`,
        `  ${input}${fallback.map(quoted).join(' ')} ${call} || exit 1`,
        'else',
        "  echo 'castkeys was not found, so nothing was looked through for keys.' >&2",
        '  exit 1',
      ]
    : ['else', "  echo 'castkeys is not on the PATH: nothing was looked through for keys.' >&2"];
  return [
    begin,
    ...before,
    'if command -v castkeys >/dev/null 2>&1; then',
    `  ${input}castkeys ${call} || exit 1`,
    ...otherwise,
    'fi',
    ...after,
    end,
    '',
  ].join('\n');
}

/** Whether a hook is a script that lines of ours can stand in. */
export const isShellScript = (hook: string): boolean =>
  !hook.startsWith('#!') || /^#!\s*\S*(?:\/|\s)(?:ba|da|z|k|a)?sh\b/.test(hook);

/** A hook with our lines in it, first of all: what is there may end early. Once, however often they are put in. */
export function withOurs(hook: string | undefined, name: HookName, caller: HookCaller): string {
  const ours = blockOf(name, caller);
  if (hook === undefined || hook === '') return `#!/bin/sh\n${ours}`;
  if (block.test(hook)) return hook.replace(block, () => ours);
  const firstLine = /^#!.*\n/.exec(hook)?.[0] ?? '';
  return `${firstLine}${ours}${hook.slice(firstLine.length)}`;
}

/** A hook that runs ours and then one that is no shell script, which lies beside it. */
export const beforeAnother = (name: HookName, caller: HookCaller, other: string): string =>
  `#!/bin/sh\n${blockOf(name, caller)}exec "$(dirname "$0")/${other}" "$@"\n`;

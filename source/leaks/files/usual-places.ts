import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { plaintextFiles } from '../../plaintext/plaintext.ts';

/** Where a key ends up without anybody putting it there: typed, logged, remembered by a program. Below the home directory. */
const places: readonly string[] = [
  // What was typed.
  ...[
    '.bash_history',
    '.zsh_history',
    '.histfile',
    '.sh_history',
    '.ksh_history',
    '.history',
    '.tcsh_history',
  ],
  ...['.zsh_sessions', '.local/share/fish/fish_history', '.local/share/powershell/PSReadLine'],
  ...[
    '.python_history',
    '.node_repl_history',
    '.irb_history',
    '.psql_history',
    '.sqlite_history',
    '.lesshst',
  ],
  ...['.local/share/atuin', '.local/state/bash', '.local/state/zsh', '.cache/zsh', '.wget-hsts'],
  // Settings that hold credentials, of tools that people use beside Cast AI.
  ...[
    '.cast',
    '.config/castctl',
    '.config/kimchi',
    '.config/gh',
    '.npmrc',
    '.yarnrc.yml',
    '.netrc',
    '.curlrc',
  ],
  ...[
    '.git-credentials',
    '.gitconfig',
    '.config/git',
    '.terraformrc',
    '.terraform.d',
    '.pulumi/credentials.json',
  ],
  ...['.config/helm', '.cache/helm', '.local/share/helm', '.kube/config', '.docker/config.json', '.envrc'],
  ...[
    '.config/direnv',
    '.local/share/direnv',
    '.aws/config',
    '.aws/credentials',
    '.azure/config',
    '.ssh/config',
  ],
  // What editors and assistants keep of a file or a conversation.
  ...[
    '.viminfo',
    '.vim',
    '.local/state/nvim',
    '.local/state/vim',
    '.emacs.d/auto-save-list',
    '.config/emacs',
  ],
  ...['.config/Code/User', '.config/Code/logs', '.config/VSCodium/User', '.config/Cursor/User'],
  ...['.config/JetBrains', '.cache/JetBrains', '.config/zed', '.config/sublime-text/Local'],
  ...['.claude', '.claude.json', '.codex', '.gemini', '.aider.chat.history.md', '.continue'],
  // The same on macOS.
  ...['Library/Application Support/Code/User', 'Library/Application Support/JetBrains', 'Library/Logs'],
  // Logs of CI that ran here, and of npm.
  ...[
    'actions-runner/_diag',
    'actions-runner/_work',
    '.cache/act',
    '.npm/_logs',
    '.gitlab-runner',
    '.circleci',
  ],
  // What people leave where they downloaded or noted it.
  ...['.config/insomnia', '.config/Postman', 'Library/Application Support/Postman', '.local/share/Trash'],
];

/** What holds secrets beside a project, wherever that lies in the home directory. */
const leftovers =
  /\.tfstate(?:\.[\w-]+)?$|^\.env(?:\.|$)|\.tfvars(?:\.json)?$|^values(?:[.-][\w.-]+)?\.ya?ml$/;
/** How far below the home directory such files are looked for. */
const depth = 3;
const notOurs = new Set(['node_modules', 'Library', 'snap', 'go', 'vendor']);

/** The usual places below a home directory: files and folders, whether they are there or not. */
export function usualPlaces(userHome: string): readonly string[] {
  const all = [
    ...places.map(place => join(userHome, place)),
    // Start-up files of shells, and the settings of Cast AI's own tools.
    ...plaintextFiles(userHome, userHome).map(({ path }) => path),
    ...leftoversBelow(userHome, depth),
  ];
  return [...new Set(all)];
}

function leftoversBelow(directory: string, left: number): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
      const path = join(directory, entry.name);
      if (entry.isFile()) return leftovers.test(entry.name) ? [path] : [];
      const isWorth = entry.isDirectory() && !entry.name.startsWith('.') && !notOurs.has(entry.name);
      return isWorth && left > 0 ? leftoversBelow(path, left - 1) : [];
    });
  } catch {
    return [];
  }
}

/** Those that are there, each once: what lies in a folder that is looked through is not looked through again. */
export function existingPlaces(
  paths: readonly string[],
): readonly { readonly path: string; readonly kind: 'file' | 'directory' }[] {
  const isInside = (path: string): boolean => {
    for (let at = dirname(path); basename(at) !== ''; at = dirname(at)) if (paths.includes(at)) return true;
    return false;
  };
  return paths.flatMap(path => {
    if (!existsSync(path) || isInside(path)) return [];
    return [{ path, kind: statSync(path).isDirectory() ? 'directory' : 'file' } as const];
  });
}

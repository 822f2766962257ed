import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Syntax } from './assignments.ts';

/** A file in which keys are found lying, and how it is written. */
export interface PlaintextFile {
  readonly path: string;
  readonly syntax: Syntax;
  /** Whether a `castkeys://` reference may stand in for the value: `castkeys run --env-file` reads it. */
  readonly takesReferences: boolean;
}

const byName: readonly (readonly [RegExp, Syntax])[] = [
  [/^\.envrc$/, 'shell'],
  [/^\.env(?:\.[\w.-]+)?$|\.env$/, 'dotenv'],
  [/\.tfvars$/, 'terraform'],
  [/\.tfvars\.json$/, 'json'],
];

/** Below the home directory: start-up files of shells, and what Cast AI's own tools write (section 1.3 of the API facts). */
const inUserHome: readonly (readonly [string, Syntax])[] = [
  ...[
    '.bashrc',
    '.bash_profile',
    '.bash_login',
    '.bash_aliases',
    '.profile',
    '.zshrc',
    '.zshenv',
    '.zprofile',
    '.zlogin',
  ].map(name => [name, 'shell'] as const),
  ['.config/fish/config.fish', 'fish'],
  ['.config/environment.d/castai.conf', 'dotenv'],
  ['.env', 'dotenv'],
  ['.cast/config', 'yaml'],
  ['.config/castctl/config.yaml', 'yaml'],
  ['.config/kimchi/config.json', 'json'],
];

/** What others keep there is theirs, and there is a lot of it. */
const notOurs = new Set(['node_modules', 'vendor', 'dist', 'build', 'target', 'venv', '__pycache__']);
/** How far below the root of a repository, and below a directory in none. */
const depths = { repository: 4, elsewhere: 1 } as const;
/** More directories than this are not looked at: a look must stay a look. */
const mostDirectories = 4000;

/** The files worth looking into, for a project's directory and a person's home; those that are there. */
export function plaintextFiles(cwd: string, userHome: string): readonly PlaintextFile[] {
  const root = repositoryRoot(cwd);
  const project =
    root === undefined
      ? filesBelow(cwd, cwd === userHome ? 0 : depths.elsewhere)
      : filesBelow(root, depths.repository);
  const own = inUserHome.map(([name, syntax]) => asFile(join(userHome, name), syntax));
  const known = new Set<string>();
  return [...project, ...own].filter(({ path }) => !known.has(path) && known.add(path) && isFile(path));
}

function asFile(path: string, syntax: Syntax): PlaintextFile {
  return { path, syntax, takesReferences: syntax === 'dotenv' };
}

/** The nearest directory upwards that git keeps its own in. */
export function repositoryRoot(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** Breadth first, so that what is near is found where there is too much. */
function filesBelow(root: string, depth: number): readonly PlaintextFile[] {
  const found: PlaintextFile[] = [];
  const directories: { readonly path: string; readonly depth: number }[] = [{ path: root, depth }];
  for (let looked = 0; looked < mostDirectories; looked += 1) {
    const next = directories.shift();
    if (!next) break;
    for (const entry of entriesOf(next.path)) {
      const path = join(next.path, entry.name);
      if (entry.isDirectory()) {
        const isWorth = !notOurs.has(entry.name) && !entry.name.startsWith('.');
        if (isWorth && next.depth > 0) directories.push({ path, depth: next.depth - 1 });
        continue;
      }
      const syntax = byName.find(([pattern]) => pattern.test(basename(path)))?.[1];
      if (syntax) found.push(asFile(path, syntax));
    }
  }
  return found;
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    // What this user may not list holds nothing of this user's.
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

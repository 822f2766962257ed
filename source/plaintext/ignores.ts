import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { askGit, type GitAnswer } from '../git/git.ts';

/** The patterns that hold keys in practice, and the names git is asked about for each. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  '.env': ['.env'],
  '.env.local': ['.env.local'],
  '.env.*.local': ['.env.development.local', '.env.test.local', '.env.production.local'],
};
const names = Object.values(patterns).flat();

/** What git, in the C locale, says outside a repository, and inside one without a work tree. */
const outside = /not a git repository|must be run in a work tree/;

export const noWorkTree = ({ error }: GitAnswer): boolean => outside.test(error);

interface Repository {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Which of the usual names of files with keys git would take, or git's answer where it gave none. */
export async function missingIgnores(
  repository: Repository,
): Promise<{ readonly patterns: readonly string[] } | { readonly unanswered: GitAnswer }> {
  // Exit 0: some are ignored; 1: none is. A tracked file counts as not ignored, which is what we want to hear.
  const answer = await askGit(['check-ignore', '--', ...names], repository);
  if (answer.exitCode !== 0 && answer.exitCode !== 1) return { unanswered: answer };
  const ignored = answer.output.split('\n');
  return {
    patterns: Object.keys(patterns).filter(pattern =>
      patterns[pattern]?.some(name => !ignored.includes(name)),
    ),
  };
}

/** Adds patterns to the `.gitignore` of a directory; comes to what it held before, undefined where there was none. */
export async function addIgnores(directory: string, added: readonly string[]): Promise<string | undefined> {
  const path = join(directory, '.gitignore');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const gap = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await writeFileAtomic(path, `${before ?? ''}${gap}${added.join('\n')}\n`);
  return before;
}

/** Puts a `.gitignore` back as it was. */
export async function removeIgnores(directory: string, before: string | undefined): Promise<void> {
  const path = join(directory, '.gitignore');
  if (before === undefined) return rmSync(path, { force: true });
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await writeFileAtomic(path, before);
}

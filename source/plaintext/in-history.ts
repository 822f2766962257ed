import { basename, dirname } from 'node:path';
import { askGit } from '../git/git.ts';

/**
 * Whether git has a version of a file: in a commit, or staged for one. Taking a key out of the file doesn't take it
 * out of there. False where git is missing or the file is in no repository.
 */
export async function inHistory(
  path: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<boolean> {
  const options = { cwd: dirname(path), env, ...(signal ? { signal } : {}) };
  const name = `./${basename(path)}`;
  const [tracked, committed] = await Promise.all([
    askGit(['ls-files', '--', name], options),
    askGit(['log', '--all', '--max-count=1', '--format=%h', '--', name], options),
  ]);
  return [tracked, committed].some(({ exitCode, output }) => exitCode === 0 && output.trim() !== '');
}

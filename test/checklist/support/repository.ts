import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Git's environment without anything of the machine's own: no global ignore file, no hooks, no templates. */
export const gitEnv: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@x.example',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@x.example',
};

/** Runs git in a directory. */
export function git(cwd: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd, env: gitEnv, stdio: 'ignore' });
}

/** Makes a repository there. */
export function repository(path: string, ...options: readonly string[]): string {
  mkdirSync(dirname(path), { recursive: true });
  git(dirname(path), 'init', '--quiet', ...options, path);
  return path;
}

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { printable } from '../printable.ts';

/** What git said. `exitCode` is undefined where it could not be started. */
export interface GitAnswer {
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly error: string;
}

/** Asks git something that changes nothing. Never throws for what git says, only when aborted. */
export async function ask(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal?: AbortSignal },
): Promise<GitAnswer> {
  const git = spawn('git', args, {
    cwd: options.cwd,
    // No editor, no pager, no prompt: nobody may be there.
    env: { ...options.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const exit = new Promise<number | undefined>((resolve, reject) => {
    git.once('error', error =>
      'code' in error && error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
    git.once('close', code => resolve(code ?? 1));
  });
  const [exitCode, output, error] = await Promise.all([exit, text(git.stdout), text(git.stderr)]);
  return { exitCode, output, error: printable(error.trim(), 200) };
}

export const isMissingProgram = (answer: GitAnswer): boolean => answer.exitCode === undefined;

/** Asking git, in a way that lets no repository run a program or reach the network: its settings come with a clone. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { printable } from '../printable.ts';

/** Where git is asked. */
export interface GitPlace {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** What git said. `exitCode` is undefined where it could not be started. */
export interface GitAnswer {
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly error: string;
}

/** Settings that name a program which reading would run. */
const harmless = ['core.fsmonitor=false', 'log.showSignature=false', 'core.pager=cat'];

/**
 * Starts git for something that changes nothing. What is stored is read as it is: nothing is replaced, grafted, or fetched
 * from a remote in the place of a missing object.
 */
export function startGit(
  args: readonly string[],
  { cwd, env, signal }: GitPlace,
  stdio: StdioOptions = ['ignore', 'pipe', 'pipe'],
): ChildProcess {
  return spawn('git', [...harmless.flatMap(setting => ['-c', setting]), ...args], {
    cwd,
    env: {
      ...env,
      // No editor, no pager, no prompt: nobody may be there.
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_GRAFT_FILE: '/dev/null',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
      LC_ALL: 'C',
    },
    stdio,
    ...(signal ? { signal } : {}),
  });
}

/** Asks git something that changes nothing. Never throws for what git says, only when aborted. `input`: its standard input. */
export async function askGit(args: readonly string[], place: GitPlace, input?: string): Promise<GitAnswer> {
  const git = startGit(args, place, [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe']);
  const exit = new Promise<number | undefined>((resolve, reject) => {
    git.once('error', error =>
      'code' in error && error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
    git.once('close', code => resolve(code ?? 1));
  });
  // A git that has ended already reads no more; its exit code tells.
  git.stdin?.on('error', () => {}).end(input);
  const [exitCode, output, error] = await Promise.all([exit, read(git.stdout), read(git.stderr)]);
  return { exitCode, output, error: printable(error.trim(), 200) };
}

/**
 * Asks git something with a long answer, and hands on each line without keeping it.
 * @returns the exit code; 1 where it could not be started.
 */
export async function gitLines(
  args: readonly string[],
  place: GitPlace,
  onLine: (line: string) => void,
  { input = '', end = '\n' }: { readonly input?: string; readonly end?: string } = {},
): Promise<number> {
  const git = startGit(args, place, ['pipe', 'pipe', 'ignore']);
  const exit = new Promise<number>((resolve, reject) => {
    git.once('error', error => ('code' in error && error.code === 'ENOENT' ? resolve(1) : reject(error)));
    git.once('close', code => resolve(code ?? 1));
  });
  git.stdin?.on('error', () => {}).end(input);
  let rest = '';
  git.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    const lines = (rest + piece).split(end);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  const code = await exit;
  if (rest !== '') onLine(rest);
  return code;
}

const read = async (stream: ChildProcess['stdout']): Promise<string> => (stream ? text(stream) : '');

export const isMissingProgram = (answer: GitAnswer): boolean => answer.exitCode === undefined;

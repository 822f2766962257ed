import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import type { Secret } from '../../keychain/secret.ts';

/** What a shell says of a command that isn't there, or can't be executed. */
const notFound = 127;
const notExecutable = 126;

/** Sent on to the child: whoever sends them means the command. */
const forwarded = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGCONT'] as const;
/** A terminal sends these to the child itself; sent on as well, it would get them twice, and the second means "now". */
const fromTerminal = ['SIGINT', 'SIGQUIT'] as const;

export interface ChildToRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Told the child's process id, once it runs. */
  readonly onStart?: (pid: number) => void;
  /** Hides these in what it writes. Its output is then two pipes, and no terminal. */
  readonly masked?: readonly Secret[];
}

/**
 * Runs a command with this environment, in place of castkeys as far as anyone can tell: its terminal,
 * its streams, its signals. Resolves with its exit code, 128+n for a signal.
 *
 * The command is spawned, not exec'ed: node ignores SIGPIPE and SIGXFSZ, and an exec'ed command would
 * inherit that; libuv restores both in what it spawns.
 */
export async function runChild({ program, args, env, onStart, masked }: ChildToRun): Promise<number> {
  const child = spawn(program, args, { stdio: masked ? ['inherit', 'pipe', 'pipe'] : 'inherit', env });
  if (child.pid !== undefined) onStart?.(child.pid);
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of forwarded) process.on(signal, pass);
  for (const signal of fromTerminal) process.on(signal, isatty(0) ? () => {} : pass);
  const ended = endOf(child, program);
  if (!masked) return ended;
  // Loaded here: a run that hides nothing has to start quickly.
  const { passMasked } = await import('./pass-masked.ts');
  const [code] = await Promise.all([
    ended,
    passMasked(child.stdout, process.stdout, masked),
    passMasked(child.stderr, process.stderr, masked),
  ]);
  return code;
}

function endOf(child: ChildProcess, program: string): Promise<number> {
  return new Promise(resolve => {
    child.once('error', error => {
      const isMissing = 'code' in error && error.code === 'ENOENT';
      process.stderr.write(
        `castkeys: ${program}: ${isMissing ? 'command not found' : 'can not be executed'}\n`,
      );
      resolve(isMissing ? notFound : notExecutable);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

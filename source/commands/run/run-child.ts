import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';

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
}

/**
 * Runs a command with this environment, in place of castkeys as far as anyone can tell: its terminal,
 * its streams, its signals. Resolves with its exit code, 128+n for a signal.
 *
 * The command is spawned, not exec'ed: node ignores SIGPIPE and SIGXFSZ, and an exec'ed command would
 * inherit that; libuv restores both in what it spawns.
 */
export function runChild({ program, args, env, onStart }: ChildToRun): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', env });
  if (child.pid !== undefined) onStart?.(child.pid);
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of forwarded) process.on(signal, pass);
  for (const signal of fromTerminal) process.on(signal, isatty(0) ? () => {} : pass);
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

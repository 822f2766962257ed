/** Other castkeys processes: programs in TypeScript, run by the node that runs the tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface OtherProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** The first line it prints; throws where it ends without one. */
  readonly firstLine: () => Promise<string>;
  /** Resolves with its exit code; throws what it wrote to standard error where that isn't 0. */
  readonly end: () => Promise<void>;
}

/** Starts a program, such as `new URL('./fixtures/x.ts', import.meta.url)`. */
export function startProgram(program: URL, ...args: readonly string[]): OtherProcess {
  const child = spawn(process.execPath, [fileURLToPath(program), ...args], { stdio: 'pipe' });
  let complaints = '';
  child.stderr.on('data', chunk => {
    complaints += chunk;
  });
  // Not 'exit': what it printed last may still be on its way then.
  const ended = once(child, 'close');
  const lines = createInterface(child.stdout);
  const first = Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    ended.then(() => Promise.reject(new Error(`it ended at once: ${complaints}`))),
  ]);
  first.catch(() => {});
  return {
    child,
    firstLine: () => first,
    end: async () => {
      await ended;
      if (child.exitCode !== 0)
        throw new Error(`it ended with ${child.exitCode ?? child.signalCode}: ${complaints}`);
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

import { spawnSync } from 'node:child_process';
import { spawn } from '@lydell/node-pty';

/** Whether Debian's `age` is here. */
export const hasAge = spawnSync('age', ['--version']).status === 0;

/** Runs the real `age`, which asks for a passphrase at the terminal and nowhere else. Gives what it showed, and its exit code. */
export function age(
  args: readonly string[],
  passphrase: string,
): Promise<{ shown: string; exitCode: number }> {
  return new Promise(resolve => {
    const terminal = spawn('age', [...args], { cols: 400 });
    let shown = '';
    let asked = 0;
    terminal.onData(data => {
      shown += data;
      const questions = shown.match(/assphrase[^:\n]*: /g)?.length ?? 0;
      for (; asked < questions; asked += 1) terminal.write(`${passphrase}\r`);
    });
    terminal.onExit(({ exitCode }) => resolve({ shown, exitCode }));
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTerminal } from '../test/support/terminal.ts';
import { bareEnvironment, program } from './home.ts';
import { type Comparison, summarize } from './pairs.ts';

const pairs = 15;

/** From the start of the process to the first frame of the wizard, against a bare node that prints one line, in the same kind of terminal. */
export async function compareFirstFrames(): Promise<Comparison> {
  const home = mkdtempSync(join(tmpdir(), 'castkeys-bench-'));
  try {
    const frame = () => untilShown([program, 'setup'], /castkeys/, { CASTKEYS_HOME: home });
    const line = () => untilShown(['-e', "console.log('ready')"], /ready/, {});
    await frame();
    await line();
    const rounds: { ours: number; theirs: number }[] = [];
    for (let pair = 0; pair < pairs; pair += 1) rounds.push({ ours: await frame(), theirs: await line() });
    return summarize('first frame of the wizard', "node -e 'console.log()' in a pty", rounds);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function untilShown(
  args: readonly string[],
  wanted: RegExp,
  more: Record<string, string>,
): Promise<number> {
  const env = Object.fromEntries(
    Object.entries(bareEnvironment()).map(([name, value]) => [name, value ?? '']),
  );
  const started = performance.now();
  await using terminal = openTerminal({ command: process.execPath, args, env: { ...env, ...more } });
  await terminal.waitFor(wanted);
  return performance.now() - started;
}

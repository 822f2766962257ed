/** A machine with `castkeys` on the PATH, run from source, and a home of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Home } from '../../../source/home/home.ts';
import { type Profile, recommendedPolicy } from '../../../source/profiles/profiles.ts';

export interface ShellMachine extends AsyncDisposable {
  readonly directory: string;
  readonly home: Home;
  readonly env: Readonly<Record<string, string>>;
  /** Runs a program there to its end. */
  readonly run: (program: string, args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ended>;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function shellMachine(): Promise<ShellMachine> {
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-shell-'));
  const program = join(directory, 'castkeys');
  const run = `import('${resolve('source/cli.ts')}').then(({ main }) => main(process.argv.slice(1)))`;
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' --input-type=module -e "${run}" -- "$@"\n`);
  chmodSync(program, 0o755);
  const config = join(directory, 'home');
  const env = {
    PATH: `${directory}:${process.env['PATH']}`,
    HOME: directory,
    CASTKEYS_HOME: config,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
  };
  return {
    directory,
    home: { config, state: join(config, 'state') },
    env,
    run: async (file, args, more = {}) => {
      const child = spawn(file, args, {
        cwd: directory,
        env: { ...env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [stdout, stderr, [exitCode]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      return { exitCode, stdout, stderr };
    },
    [Symbol.asyncDispose]: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A profile without keys. */
export function profileAt(origin: string, more: Partial<Profile> = {}): Profile {
  return {
    environment: 'other',
    region: origin,
    origin,
    authorization: 'x-api-key',
    policy: recommendedPolicy('other'),
    slots: {},
    ...more,
  };
}

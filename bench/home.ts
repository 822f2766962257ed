import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startPractice } from '../source/practice/practice.ts';
import { startKeyring } from '../test/support/keyring-service.ts';

/** The built program. */
export const program = resolve('dist/castkeys.cjs');

export interface BenchHome extends AsyncDisposable {
  /** The environment of a castkeys with one profile and its key in a real keyring. */
  readonly env: NodeJS.ProcessEnv;
  readonly directory: string;
}

/** An install with a key, made by the built program itself against a practice server and a private gnome-keyring. */
export async function openHome(): Promise<BenchHome> {
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-bench-'));
  const [keyring, practice] = await Promise.all([startKeyring(), startPractice()]);
  const env = { ...bareEnvironment(), ...keyring.env, CASTKEYS_HOME: join(directory, 'home') };
  const answers = join(directory, 'answers.json');
  writeFileSync(
    answers,
    JSON.stringify({
      environments: ['development'],
      'profile.region': 'url',
      'profile.url': practice.url,
      'key.reader': { env: 'BENCH_KEY' },
    }),
  );
  // Not the synchronous form: the practice server answers from this very process.
  await promisify(execFile)(process.execPath, [program, 'setup', '--answers', answers], {
    env: { ...env, BENCH_KEY: practice.keys.viewer.reveal() },
    cwd: directory,
  });
  return {
    env,
    directory,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([keyring.end(), practice.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The environment without what slows node's start or changes castkeys: NODE_EXTRA_CA_CERTS alone costs some 28 ms. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_|CASTKEYS_|CASTAI_|CI$)/.test(name)),
  );
}

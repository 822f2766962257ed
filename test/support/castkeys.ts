/** The built program, run as a user would: its own home, its own keyring, nothing of the developer's. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type KeyringMode, startKeyring, type TestKeyring } from './keyring-service.ts';
import { type OpenedTerminal, openTerminal } from './terminal.ts';

export const program = resolve('dist/castkeys.cjs');

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every byte of both, for searching. */
  readonly raw: Buffer;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

export interface Machine extends AsyncDisposable {
  readonly practice: PracticeServer;
  readonly keyring: TestKeyring;
  /** Everything is below: `home/` is castkeys', `project/` is where it is called. */
  readonly directory: string;
  readonly home: string;
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Ended>;
  readonly open: (
    args: readonly string[],
    size?: {
      readonly columns?: number;
      readonly rows?: number;
      readonly env?: Readonly<Record<string, string>>;
    },
  ) => OpenedTerminal;
  /** Sets up a profile with a practice key, by answers. */
  readonly setUp: (environment?: string, key?: string) => Promise<Ended>;
  readonly writeAnswers: (answers: Readonly<Record<string, unknown>>) => string;
}

/** A machine where castkeys is new, with a real keyring and a practice server. */
export async function newMachine(mode: KeyringMode = 'unlocked'): Promise<Machine> {
  const [keyring, practice] = await Promise.all([startKeyring(mode), startPractice()]);
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-e2e-'));
  const [home, project] = [join(directory, 'home'), join(directory, 'project')];
  mkdirSync(project);
  const env = Object.fromEntries(
    Object.entries({
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      HOME: directory,
      ...keyring.env,
      CASTKEYS_HOME: home,
    })
      .filter(([name]) => !/^(CI|NODE_.*|VITEST.*)$/.test(name))
      .map(([name, value]) => [name, value ?? '']),
  );
  const run: Machine['run'] = async (args, options = {}) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: options.cwd ?? project,
      env: { ...env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    const ended = new Promise<[number | null, NodeJS.Signals | null]>(done =>
      child.once('close', (code, signal) => done([code, signal])),
    );
    const [out, err, [exitCode, signal]] = await Promise.all([
      buffer(child.stdout),
      buffer(child.stderr),
      ended,
    ]);
    return {
      exitCode,
      signal,
      stdout: out.toString(),
      stderr: err.toString(),
      raw: Buffer.concat([out, err]),
    };
  };
  const writeAnswers: Machine['writeAnswers'] = answers => {
    const file = join(directory, 'answers.json');
    writeFileSync(file, JSON.stringify(answers));
    return file;
  };
  return {
    practice,
    keyring,
    directory,
    home,
    project,
    env,
    run,
    writeAnswers,
    open: (args, { columns = 100, rows = 30, env: more = {} } = {}) =>
      openTerminal({
        command: process.execPath,
        args: [program, ...args],
        env: { ...env, ...more },
        cwd: project,
        columns,
        rows,
      }),
    setUp: (environment = 'development', key = practice.keys.viewer.reveal()) =>
      run(['setup', '--answers', writeAnswers(answersFor(practice.url, environment))], {
        env: { NEW_KEY: key },
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([keyring.end(), practice.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The answers that set up an environment at an address, with the key in the variable NEW_KEY. */
export const answersFor = (url: string, environment: string): Readonly<Record<string, unknown>> => ({
  'profile.environment': environment,
  'profile.region': 'url',
  'profile.url': url,
  'key.reader': { env: 'NEW_KEY' },
});

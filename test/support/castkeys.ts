/** The built program, run as a user would: its own home, its own keyring, nothing of the developer's. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { type Config, readConfig } from '../../source/profiles/profiles.ts';
import { type KeyringMode, startKeyring, type TestKeyring } from './keyring-service.ts';
import { type Ended, type Running, start } from './program.ts';
import { homeIn } from './temporary.ts';
import { type OpenedTerminal, openTerminal } from './terminal.ts';

export type { Ended, Running } from './program.ts';

export const program = resolve('dist/castkeys.cjs');

export interface RunOptions {
  /** On top of the machine's; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Absent: standard input is /dev/null. */
  readonly input?: string;
  readonly cwd?: string;
}

export interface OpenOptions extends Pick<RunOptions, 'env'> {
  /** Default 100. */
  readonly columns?: number;
  /** Default 30. */
  readonly rows?: number;
}

export interface Machine extends AsyncDisposable {
  readonly practice: PracticeServer;
  readonly keyring: TestKeyring;
  /** Everything is below: `home/` is castkeys', `project/` is where it is called, `tmp/` is for temporary files. */
  readonly directory: string;
  readonly home: string;
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
  readonly start: (args: readonly string[], options?: RunOptions) => Running;
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Ended>;
  readonly open: (args: readonly string[], options?: OpenOptions) => OpenedTerminal;
  /** Any command in a terminal of this machine. */
  readonly openAny: (command: string, args: readonly string[], options?: OpenOptions) => OpenedTerminal;
  /** Sets up a profile by answers, with the practice viewer's key where none is given. */
  readonly setUp: (environment?: string, key?: string) => Promise<Ended>;
  readonly writeAnswers: (answers: Readonly<Record<string, unknown>>) => string;
  /** What is registered; throws where nothing is. */
  readonly config: () => Config;
  /** Every byte that any castkeys wrote to a terminal or a pipe. */
  readonly written: () => Promise<Buffer>;
}

/** A machine where castkeys is new, with a real keyring and a practice server. */
export async function newMachine(mode: KeyringMode = 'unlocked'): Promise<Machine> {
  const [keyring, practice] = await Promise.all([startKeyring(mode), startPractice()]);
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-e2e-'));
  const at = (name: string) => join(directory, name);
  const [home, project, temporary] = [at('home'), at('project'), at('tmp')];
  for (const path of [project, temporary]) mkdirSync(path);
  const env = withoutUndefined({
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: directory,
    TMPDIR: temporary,
    ...pick(keyring.env, /^(DBUS|XDG|GSETTINGS)_/),
    CASTKEYS_HOME: home,
  });

  const runs: Running[] = [];
  const terminals: OpenedTerminal[] = [];
  const startCastkeys: Machine['start'] = (args, options = {}) => {
    const running = start(process.execPath, [program, ...args], {
      cwd: options.cwd ?? project,
      env: withoutUndefined({ ...env, ...options.env }),
      ...(options.input === undefined ? {} : { input: options.input }),
    });
    runs.push(running);
    return running;
  };
  const openAny: Machine['openAny'] = (command, args, { columns = 100, rows = 30, env: more = {} } = {}) => {
    const terminal = openTerminal({
      command,
      args,
      env: withoutUndefined({ ...env, ...more }),
      cwd: project,
      columns,
      rows,
    });
    terminals.push(terminal);
    return terminal;
  };
  const writeAnswers: Machine['writeAnswers'] = answers => {
    const file = at('answers.json');
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
    start: startCastkeys,
    run: (args, options) => startCastkeys(args, options).ended,
    writeAnswers,
    open: (args, options) => openAny(process.execPath, [program, ...args], options),
    openAny,
    setUp: (environment = 'development', key = practice.keys.viewer.reveal()) =>
      startCastkeys(['setup', '--answers', writeAnswers(answersFor(practice.url, environment))], {
        env: { NEW_KEY: key },
      }).ended,
    config: () => {
      const config = readConfig(homeIn(home));
      if (!config) throw new Error('nothing is registered');
      return config;
    },
    written: async () => {
      const ended = await Promise.all(runs.map(running => running.ended));
      return Buffer.concat([...ended.map(({ raw }) => raw), ...terminals.map(terminal => terminal.raw())]);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(runs.map(running => running[Symbol.asyncDispose]()));
      await Promise.all([keyring.end(), practice.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The answers that set up an environment at an address, with the key in the variable NEW_KEY. */
export const answersFor = (url: string, environment: string): Readonly<Record<string, unknown>> => ({
  environments: [environment],
  roles: ['reader'],
  'profile.region': 'url',
  'profile.url': url,
  'key.reader': { env: 'NEW_KEY' },
});

function withoutUndefined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

function pick(env: NodeJS.ProcessEnv, names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => names.test(name)));
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startKeyring } from '../test/support/keyring-service.ts';
import { start } from '../test/support/program.ts';
import { key, type OpenedTerminal, openTerminal } from '../test/support/terminal.ts';
import { bareEnvironment, program } from './home.ts';

const profiles = 50;
const presses = 200;
/** Pressed before, and not counted: node compiles what is drawn often. */
const warmUp = 60;

/** From a key to the frame that shows what it did, in ms: of the dashboard, and of a bare node that prints the key, in the same kind of terminal. */
export interface KeyTimes {
  readonly median: number;
  readonly worst: number;
  readonly bare: number;
}

/**
 * Presses keys on the dashboard of fifty profiles, while it measures them against a practice server in a process of its
 * own. Each key is pressed when the frame of the one before has come, and a while after, as a person would.
 */
export async function timeKeys(): Promise<KeyTimes> {
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-bench-'));
  const keyring = await startKeyring();
  const home = join(directory, 'home');
  const env = textOnly({ ...bareEnvironment(), ...keyring.env, CASTKEYS_HOME: home });
  const practice = spawn(process.execPath, [program, 'practice'], {
    env: { ...env, CASTKEYS_HOME: join(directory, 'practice') },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [line] = await once(createInterface({ input: practice.stdout }), 'line');
    await setUp(directory, env, JSON.parse(String(line)));
    const ours = await timeDashboard(directory, env);
    const bare = await timeBare();
    return { median: median(ours), worst: Math.max(...ours), bare: median(bare) };
  } finally {
    practice.kill();
    await keyring.end();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function setUp(
  directory: string,
  env: Record<string, string>,
  practice: { readonly url: string; readonly keys: Readonly<Record<string, string>> },
): Promise<void> {
  const answers = join(directory, 'answers.json');
  writeFileSync(
    answers,
    JSON.stringify({
      'profile.environment': 'development',
      'profile.region': 'url',
      'profile.url': practice.url,
      'key.reader': { env: 'BENCH_KEY' },
    }),
  );
  const ended = await start(process.execPath, [program, 'setup', '--answers', answers], {
    env: { ...env, BENCH_KEY: practice.keys['viewer'] ?? '' },
    cwd: directory,
  }).ended;
  if (ended.exitCode !== 0) throw new Error(ended.stderr);
  const file = join(directory, 'home', 'config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  for (let at = 2; at <= profiles; at += 1) {
    const name = `cluster-${String(at).padStart(2, '0')}`;
    config.profiles[name] = config.profiles.development;
  }
  writeFileSync(file, JSON.stringify(config));
}

async function timeDashboard(directory: string, env: Record<string, string>): Promise<readonly number[]> {
  await using terminal = openTerminal({
    command: process.execPath,
    args: [program],
    env,
    cwd: directory,
    columns: 120,
    rows: 40,
  });
  await terminal.waitFor(`${profiles} profiles`);
  await terminal.waitFor(/❯ ● development .*\d\/12/, { timeout: 30_000 });
  const times: number[] = [];
  for (let at = 0; at < warmUp + presses; at += 1) {
    // Down to the last profile and up again.
    const turn = at % (2 * (profiles - 1));
    const goesDown = turn < profiles - 1;
    const wanted = goesDown ? turn + 2 : 2 * (profiles - 1) - turn;
    const name = wanted === 1 ? 'development' : `cluster-${String(wanted).padStart(2, '0')}`;
    await pause(15 + (at % 5) * 10);
    const took = await timeUntil(terminal, goesDown ? key.down : key.up, `❯ ● ${name}`);
    if (at >= warmUp) times.push(took);
  }
  return times;
}

/** What the terminal itself takes: a bare node that prints a count for each key. */
async function timeBare(): Promise<readonly number[]> {
  const script =
    "let n = 0; process.stdin.setRawMode(true); console.log('ready'); process.stdin.on('data', () => console.log('key ' + (n += 1) + '.'))";
  await using terminal = openTerminal({
    command: process.execPath,
    args: ['-e', script],
    columns: 120,
    rows: 40,
  });
  await terminal.waitFor('ready');
  const times: number[] = [];
  for (let at = 1; at <= presses; at += 1) times.push(await timeUntil(terminal, 'x', `key ${at}.`));
  return times;
}

async function timeUntil(terminal: OpenedTerminal, pressed: string, wanted: string): Promise<number> {
  const started = performance.now();
  terminal.type(pressed);
  await terminal.waitFor(wanted);
  return performance.now() - started;
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

function textOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? '']));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { ruleFor } from '../source/leaks/leaks.ts';
import { bareEnvironment, openHome, program } from './home.ts';
import { compare, report, type Timed } from './pairs.ts';

/** Fewer than elsewhere: a peer may take half a minute. */
const pairs = 5;
/** From this many bytes of objects on a repository counts as large. */
const large = 1e9;

/** The goals, as ratios of time; a large repository leaves more to win. */
const goals = {
  mid: { floor: 3, defaults: 1 / 7, oneRule: 1 / 2.5, betterleaks: 1 / 2 },
  large: { floor: 1.6, defaults: 1 / 10, oneRule: 1 / 4, betterleaks: 1 / 3 },
} as const;

const env = bareEnvironment();

/**
 * `npm run bench -- leaks REPOSITORY…`: looks through real histories, against git itself and whichever other scanner is on the
 * PATH. Each of them must be free of keys: whatever is found there is a false alarm, and ends the benchmark.
 */
export async function compareScans(repositories: readonly string[]): Promise<void> {
  if (repositories.length === 0) {
    console.log('leaks: name repositories to scan: npm run bench -- leaks PATH…');
    return;
  }
  await using home = await openHome();
  const temporary = mkdtempSync(join(tmpdir(), 'castkeys-bench-'));
  try {
    for (const path of repositories) compareOn(resolve(path), temporary, home.env);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function compareOn(repository: string, temporary: string, homeEnv: NodeJS.ProcessEnv): void {
  const name = basename(repository).replace(/^repo$/, basename(resolve(repository, '..')));
  const scan = (title: string, args: readonly string[], expect: Timed['expect'] = {}): Timed => ({
    title: `${title}, ${name}`,
    command: process.execPath,
    args: [program, 'scan', ...args, '--json'],
    env: { ...env, ...homeEnv },
    cwd: temporary,
    // Exit 0 and an empty list: no false alarm.
    expect: { output: /"findings": \[\]/, ...expect },
  });
  const history = scan('all of history', [repository, '--history', '--full']);
  const facts = scannedOf(history);
  console.log(
    `\n${name}: ${facts.objects.toLocaleString('en-US')} objects, ${(facts.bytes / 1e6).toFixed(0)} MB, ${(((facts.bytes / facts.ms) * 1000) / 1e6).toFixed(0)} MB/s; no key found`,
  );
  const goal = facts.bytes > large ? goals.large : goals.mid;
  const floor: Timed = {
    title: 'git cat-file, all objects',
    command: 'sh',
    args: ['-c', 'git cat-file --batch-all-objects --batch --unordered --buffer >/dev/null'],
    env,
    cwd: repository,
  };
  console.log(report(compare(history, floor, pairs), goal.floor));
  const config = join(temporary, 'castai.toml');
  writeFileSync(config, ruleFor('gitleaks'));
  if (isThere('gitleaks')) {
    const gitleaks = (title: string, args: readonly string[]): Timed => ({
      title,
      command: 'gitleaks',
      args: [...args, '--no-banner', '--log-level', 'error', '--exit-code', '0'],
      env,
      cwd: temporary,
    });
    const one = gitleaks('gitleaks, one rule', ['git', repository, '--config', config]);
    // A scanner that gave up half-way is fast.
    const { stderr } = spawnSync(one.command, one.args, { env, cwd: temporary, encoding: 'utf8' });
    if (stderr.includes('ERR')) throw new Error(`gitleaks can't read ${repository}: ${stderr.slice(0, 500)}`);
    console.log(report(compare(history, one, pairs), goal.oneRule));
    console.log(compareMemory(history, one));
    const all = gitleaks('gitleaks, its own rules', ['git', repository]);
    console.log(report(compare(history, all, pairs), goal.defaults));
    const files = join(temporary, `${name}-files`);
    spawnSync('sh', ['-c', `mkdir -p "$1" && git archive HEAD | tar -x -C "$1"`, 'sh', files], {
      cwd: repository,
      env,
    });
    const dir = gitleaks('gitleaks dir, one rule', ['dir', files, '--config', config]);
    console.log(report(compare(scan('its files', [files]), dir, pairs), 1 / 6));
  }
  if (isThere('betterleaks')) {
    const args = [
      'git',
      repository,
      '--config',
      config,
      '--no-banner',
      '--exit-code',
      '0',
      '--git-workers',
      '2',
    ];
    const betterleaks: Timed = {
      title: 'betterleaks, one rule',
      command: 'betterleaks',
      args,
      env,
      cwd: temporary,
    };
    console.log(report(compare(history, betterleaks, pairs), goal.betterleaks));
  }
  if (isThere('trufflehog')) {
    const args = ['git', `file://${repository}`, '--no-update', '--no-verification'];
    const trufflehog: Timed = {
      title: 'trufflehog, its own rules',
      command: 'trufflehog',
      args,
      env,
      cwd: temporary,
    };
    console.log(report(compare(history, trufflehog, pairs), 1));
  }
  const again = scan('again, nothing new', [repository, '--history']);
  const bareNode: Timed = { title: 'node -e 0', command: process.execPath, args: ['-e', '0'], env };
  console.log(report(compare(again, bareNode, 15), 2.2));
}

function scannedOf({ command, args, env, cwd = '.' }: Timed): { objects: number; bytes: number; ms: number } {
  const { stdout, status } = spawnSync(command, args, { env, cwd, encoding: 'utf8', maxBuffer: 1e9 });
  const { findings, scanned } = JSON.parse(stdout);
  if (status !== 0 || findings.length > 0)
    throw new Error(`a key in a public history, or a false alarm: ${JSON.stringify(findings, null, 2)}`);
  return scanned;
}

/** The largest process of each side, as GNU time tells it. */
function compareMemory(ours: Timed, theirs: Timed): string {
  const [own, other] = [ours, theirs].map(({ command, args, env, cwd = '.' }) => {
    const { stderr } = spawnSync('/usr/bin/time', ['-f', '%M', command, ...args], {
      env,
      cwd,
      encoding: 'utf8',
    });
    return Number(stderr?.trim().split('\n').at(-1)) / 1000;
  });
  if (!own || !other) return 'memory: GNU time is not there: skipped';
  const ratio = own / other;
  return `${ours.title.padEnd(34)}  ${`${ratio.toFixed(2)} x the memory of ${theirs.title}`.padEnd(36)}  ${`goal 1.00 ${ratio <= 1 ? 'holds' : 'OVER'}`.padEnd(18)}  [${own.toFixed(0)} / ${other.toFixed(0)} MB]`;
}

function isThere(peer: string): boolean {
  const there = spawnSync('which', [peer]).status === 0;
  if (!there) console.log(`${peer} is not on the PATH: skipped`);
  return there;
}

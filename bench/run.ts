/** `npm run bench [-- name]`: ratios against named floors and peers, each measured in this very run. */
import { spawnSync } from 'node:child_process';
import { compareAudit } from './audit.ts';
import { measureBroker } from './broker.ts';
import { compareFirstFrames } from './first-frame.ts';
import { bareEnvironment, openHome, program } from './home.ts';
import { timeKeys } from './key-to-frame.ts';
import { compareScans } from './leaks.ts';
import { compare, report, type Timed } from './pairs.ts';
import { timeMismatches } from './timing.ts';
import { compareRelays, compareVerification } from './webhooks.ts';

const env = bareEnvironment();
const node = process.execPath;
const bareNode: Timed = { title: 'node -e 0', command: node, args: ['-e', '0'], env };

const castkeys = (
  title: string,
  args: readonly string[],
  expect: Timed['expect'] = {},
  more: NodeJS.ProcessEnv = {},
): Timed => ({
  title,
  command: node,
  args: [program, ...args],
  env: { ...env, ...more },
  expect,
});

type Benchmark = () => Promise<void> | void;

const benchmarks: Readonly<Record<string, Benchmark>> = {
  start: () => {
    console.log(
      report(compare(castkeys('castkeys --version', ['--version'], { output: /^\d/ }), bareNode), 1.25),
    );
    for (const [peer, goal] of [
      ['gh', 1.1],
      ['npm', 0.35],
      ['wrangler', 0.1],
      ['vercel', 0.1],
    ] as const) {
      if (spawnSync('which', [peer]).status !== 0) {
        console.log(`castkeys --version                  ${peer} is not on the PATH: skipped`);
        continue;
      }
      const theirs = { title: `${peer} --version`, command: peer, args: ['--version'], env };
      console.log(
        report(compare(castkeys('castkeys --version', ['--version'], { output: /^\d/ }), theirs), goal),
      );
    }
  },
  read: async () => {
    await using home = await openHome();
    const list = castkeys('profiles list', ['profiles', 'list'], { output: /development/ }, home.env);
    console.log(report(compare(list, bareNode, 21), 1.25));
    const offline = castkeys(
      'status --offline --json',
      ['status', '--offline', '--json'],
      { output: /"keychain"/ },
      home.env,
    );
    console.log(report(compare({ ...offline, cwd: home.directory }, bareNode), 2.5));
  },
  run: async () => {
    await using home = await openHome();
    const run = castkeys('run -- true, OS keychain', ['run', '--', 'true'], {}, home.env);
    console.log(report(compare(run, bareNode, 21), 3.5));
  },
  webhooks: async () => {
    console.log(report(compareVerification(1000, 200_000), 1.3));
    console.log(report(compareVerification(100_000, 5000), 1.3));
    // In time: 0.7 of the requests a second is 1 / 0.7 of the time.
    console.log(report(await compareRelays(), 1 / 0.7));
    for (const { title, t, samples } of timeMismatches()) {
      const verdict = Math.abs(t) < 4.5 ? 'alike' : 'told apart';
      console.log(`${title.padEnd(36)}  t = ${t.toFixed(1)}, ${verdict} (4.5)  [${samples} samples]`);
    }
  },
  broker: async () => {
    const { throughput, added, bareAdded, perSecond } = await measureBroker();
    // 0.7 of the peer's throughput is 1 / 0.7 of its time.
    console.log(report(throughput, 1 / 0.7));
    const holds = added.p50 < 1 && added.p99 < 5 ? 'holds' : 'OVER';
    console.log(
      `broker, one request at a time       adds ${added.p50.toFixed(2)} ms at p50, ${added.p99.toFixed(2)} ms at p99   goal 1 and 5 ${holds}  [the bare proxy adds ${bareAdded.p50.toFixed(2)} and ${bareAdded.p99.toFixed(2)} ms; ${perSecond.broker.toFixed(0)} / ${perSecond.bare.toFixed(0)} requests a second]`,
    );
  },
  frame: async () => {
    console.log(report(await compareFirstFrames(), 4));
  },
  audit: async () => {
    const [verified, appended] = await compareAudit();
    if (verified) console.log(report(verified, 3));
    if (appended) console.log(report(appended, 1.5));
  },
  leaks: () => compareScans(named),
  keys: async () => {
    const { median, worst, bare } = await timeKeys();
    const holds = median <= 20 && worst <= 60 ? 'holds' : 'OVER';
    console.log(
      `key to frame, 50 profiles           median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms   goal 20 and 60 ${holds}  [a bare node prints a key in ${bare.toFixed(1)} ms]`,
    );
  },
};

const [wanted, ...named] = process.argv.slice(2);
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (wanted === undefined || wanted === name) await benchmark();
}

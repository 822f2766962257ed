import { spawnSync } from 'node:child_process';

/** A whole process to time. `expect` is looked for in what it prints: a crash is fast too. */
export interface Timed {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly expect?: { readonly output?: RegExp; readonly exitCode?: number };
}

export interface Comparison {
  readonly title: string;
  readonly against: string;
  readonly pairs: number;
  /** Of the ratios, pair by pair. */
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** Median time of either side, in ms. */
  readonly ours: number;
  readonly theirs: number;
}

/** Times two processes in turn, A B A B …, after a warm-up of each, and compares them pair by pair. */
export function compare(ours: Timed, theirs: Timed, pairs = 15): Comparison {
  time(ours);
  time(theirs);
  const rounds = Array.from({ length: pairs }, () => ({ ours: time(ours), theirs: time(theirs) }));
  return summarize(ours.title, theirs.title, rounds);
}

/** The comparison of rounds that were timed in pairs. */
export function summarize(
  title: string,
  against: string,
  rounds: readonly { readonly ours: number; readonly theirs: number }[],
): Comparison {
  const ratios = rounds.map(round => round.ours / round.theirs);
  return {
    title,
    against,
    pairs: rounds.length,
    median: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    ours: median(rounds.map(round => round.ours)),
    theirs: median(rounds.map(round => round.theirs)),
  };
}

/** One line: the ratio, and whether the goal holds. */
export function report(comparison: Comparison, goal: number): string {
  const { title, against, median: ratio, lowest, highest, ours, theirs, pairs } = comparison;
  const verdict = ratio <= goal ? 'holds' : 'OVER';
  return [
    title.padEnd(34),
    `${ratio.toFixed(2)} x ${against}`.padEnd(36),
    `goal ${goal.toFixed(2)} ${verdict}`.padEnd(18),
    `[${lowest.toFixed(2)}-${highest.toFixed(2)}, ${pairs} pairs, ${ours.toFixed(0)} / ${theirs.toFixed(0)} ms]`,
  ].join('  ');
}

function time({ title, command, args, env, cwd, expect = {} }: Timed): number {
  const started = process.hrtime.bigint();
  const { status, stdout } = spawnSync(command, args, {
    env,
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== (expect.exitCode ?? 0)) throw new Error(`${title}: exit ${status}`);
  if (expect.output && !expect.output.test(stdout))
    throw new Error(`${title}: printed ${JSON.stringify(stdout.slice(0, 200))}`);
  return ms;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
}

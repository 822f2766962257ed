/** Proving the log: reads it from end to end, writes nothing, heals nothing, and names the first entry that does not hold. */
import { logFiles } from '../log-files.ts';
import { classify, type Following, type Judged } from './classify.ts';
import { logLines, type PlacedLine } from './log-lines.ts';
import type { Problem } from './problem.ts';
import { type Verdict, type VerifyOptions, Walk } from './walk.ts';

export type { Verdict } from './walk.ts';

export function verifyFiles(options: VerifyOptions): Verdict {
  const files = options.files ?? logFiles(options.home);
  const walk = new Walk(options);
  const lines = logLines(files);
  for (const line of lines) {
    if (walk.take(line)) continue;
    return walk.verdict(misfitIn(walk, line, lines, options));
  }
  return walk.verdict(walk.ending(files));
}

/** Reads on behind the line that does not fit, to see what became of the one that should have been there. */
function misfitIn(walk: Walk, line: PlacedLine, rest: Iterable<PlacedLine>, options: VerifyOptions): Problem {
  const judged = walk.judge(line);
  const following = lookAhead(walk, judged, rest);
  const { anchor } = options.sealed ?? {};
  return classify({
    judged,
    before: { count: walk.count, hash: walk.hash },
    following,
    isFirstOfFile: line.number === 1,
    genesis: options.genesis ?? '',
    anchored: typeof anchor === 'object' ? anchor.count : undefined,
  });
}

function lookAhead(walk: Walk, judged: Judged, rest: Iterable<PlacedLine>): Following {
  let next: Judged | undefined;
  let hasExpected = false;
  let hasSameAgain = false;
  let genuineInFile = 0;
  for (const line of rest) {
    const later = walk.judge(line);
    next ??= later;
    if (!later.seal) continue;
    hasExpected ||= later.seal.seq === walk.count + 1 && later.seal.prev === walk.hash;
    hasSameAgain ||= later.seal.hash === judged.seal?.hash;
    if (line.file === judged.line.file) genuineInFile += 1;
  }
  return { next, hasExpected, hasSameAgain, genuineInFile };
}

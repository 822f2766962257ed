/** The first line that does not fit, what follows it, and what that looks like. */
import type { Head } from '../entry.ts';
import { readLine } from '../line.ts';
import type { PlacedLine } from './log-lines.ts';
import type { Problem, ProblemKind } from './problem.ts';
import type { SealOfLine } from './seal-of-line.ts';

/** A line, and what it is worth: undefined where its own hash or its MAC does not hold. */
export interface Judged {
  readonly line: PlacedLine;
  readonly seal: SealOfLine | undefined;
  /** What it says of its own hash holds, whatever its MAC. */
  readonly isWhole: boolean;
}

/** What is known of the lines behind the one that does not fit. */
export interface Following {
  readonly next: Judged | undefined;
  /** The entry that should have been there stands further down. */
  readonly hasExpected: boolean;
  /** The same line stands once more further down. */
  readonly hasSameAgain: boolean;
  /** Lines further down, in the same file, that castkeys wrote. */
  readonly genuineInFile: number;
}

export interface Misfit {
  readonly judged: Judged;
  /** The last entry that holds. */
  readonly before: Head;
  readonly following: Following;
  readonly isFirstOfFile: boolean;
  /** What the first line of this install's log begins with. */
  readonly genesis: string;
  /** How many entries the keychain knows of, where that is known. */
  readonly anchored: number | undefined;
}

export function classify(misfit: Misfit): Problem {
  const { judged, before } = misfit;
  const [kind, message, orElse] = judged.seal ? ofGenuine(misfit, judged.seal) : ofForeign(misfit);
  const { file, number } = judged.line;
  return { kind, seq: before.count + 1, file, line: number, message, ...(orElse ? { orElse } : {}) };
}

type Verdict = readonly [kind: ProblemKind, message: string, orElse?: ProblemKind | undefined];

/** castkeys wrote it, but not for this place. */
function ofGenuine({ judged, before, following, isFirstOfFile }: Misfit, { seq, mac }: SealOfLine): Verdict {
  const expected = before.count + 1;
  if (seq < expected) return ['inserted', `a copy of entry ${seq} stands where entry ${expected} should be`];
  if (following.hasExpected) {
    if (following.hasSameAgain || seq === expected)
      return ['inserted', `a copy of entry ${seq} stands before entry ${expected}`];
    return ['reordered', `entry ${seq} stands where entry ${expected} should be, which comes further down`];
  }
  if (seq === expected) {
    return mac === null
      ? ['edited', `entry ${seq} does not follow from the one before, and neither is sealed`]
      : ['rolled-back', `entry ${seq} belongs to another course of this log`];
  }
  const gap = `${entriesFrom(expected, seq - 1)} missing`;
  const noticed = noticedBreak(judged);
  if (noticed) return [noticed.kind, `${gap}; castkeys noticed at ${noticed.at}`, noticed.orElse];
  if (!isFirstOfFile) return ['deleted', gap];
  return before.count === 0 ? ['deleted', gap, 'file-deleted'] : ['file-deleted', gap, 'deleted'];
}

/** castkeys did not write it so. */
function ofForeign({ judged, before, following, isFirstOfFile, genesis, anchored }: Misfit): Verdict {
  const expected = before.count + 1;
  if (following.hasExpected)
    return ['inserted', `a line that castkeys did not write stands before entry ${expected}`];
  if (isFirstOfFile && following.genuineInFile === 0) {
    const entry = readLine(judged.line.text);
    if (entry && judged.isWhole && entry.seq === 1 && entry.prev !== genesis)
      return ['foreign-log', 'its first entry belongs to another install'];
    if (!entry || following.next || entry.seq !== expected)
      return ['file-replaced', 'nothing in this file was written by castkeys on this install'];
  }
  if (anchored !== undefined && before.count >= anchored)
    return [
      'inserted',
      `a line that castkeys did not write stands behind entry ${before.count}, the last one`,
    ];
  return [
    'edited',
    judged.isWhole
      ? `entry ${expected} has a hash of its own, but not the MAC that only the keychain's key makes`
      : `entry ${expected} is not what its hash says it was`,
  ];
}

/** The writer found the log broken, went on from what the keychain knew, and said what it looked like then. */
function noticedBreak({ line }: Judged) {
  const entry = readLine(line.text);
  if (entry?.action !== 'log.broken') return undefined;
  const kind = kindNamed(entry.metadata['looksLike']) ?? 'cut-tail';
  const orElse = kindNamed(entry.metadata['orElse']);
  return { kind, at: entry.timestamp, ...(orElse ? { orElse } : {}) };
}

const endings: readonly ProblemKind[] = [
  'cut-tail',
  'rolled-back',
  'file-deleted',
  'file-emptied',
  'file-replaced',
  'edited',
];
const kindNamed = (name: unknown): ProblemKind | undefined => endings.find(kind => kind === name);

const entriesFrom = (first: number, last: number): string =>
  first === last ? `entry ${first} is` : `entries ${first} to ${last} are`;

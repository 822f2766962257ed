import type { KeyObject } from 'node:crypto';
import type { Home } from '../../home/home.ts';
import type { Anchor } from '../anchor.ts';
import type { Head } from '../entry.ts';
import { macOf, readLine } from '../line.ts';
import { currentFile } from '../log-files.ts';
import type { Judged } from './classify.ts';
import type { PlacedLine } from './log-lines.ts';
import type { Problem } from './problem.ts';
import { problemAtEnd } from './problem-at-end.ts';
import { type SealOfLine, sealOfLine } from './seal-of-line.ts';

export interface VerifyOptions {
  readonly home: Home;
  /** Default: the log's own. */
  readonly files?: readonly string[];
  /** Undefined where it isn't known whose log it is: then any beginning will do. */
  readonly genesis?: string;
  /** What the keychain has; undefined where it can't be asked: then hashes are checked, and no MAC. */
  readonly sealed?: { readonly macKey: KeyObject; readonly anchor: Anchor | 'absent' | 'unreadable' };
  /** A head that was kept elsewhere. */
  readonly kept?: Head;
}

export interface Verdict {
  readonly intact: boolean;
  /** Entries that hold, up to the first that doesn't. */
  readonly entries: number;
  /** The hash of the last of them; undefined for an empty log. */
  readonly head: string | undefined;
  /** At most one: behind the first that does not hold nothing can be said for sure. */
  readonly problems: readonly Problem[];
  /** Entries at the end that are chained and have no MAC yet, since the keychain was closed. */
  readonly unsealed: number;
  /** Entries at the end that a crash, or a closed keychain, left without their anchor. */
  readonly unanchored: number;
  /** A write at the end that was cut short, and never acknowledged. */
  readonly isTorn: boolean;
  /** Whether MACs and anchor were checked, or only hashes. */
  readonly isSealed: boolean;
}

/** Goes along the chain as far as it holds. */
export class Walk {
  readonly #options: VerifyOptions;
  readonly judge: (line: PlacedLine) => Judged;
  count = 0;
  hash: string;
  #lastText = '';
  #unsealed = 0;
  #sealed = 0;
  #isTorn = false;
  file: string | undefined;
  readonly #noted = new Map<number, string>();
  readonly #marks: readonly number[];

  constructor(options: VerifyOptions) {
    this.#options = options;
    this.hash = options.genesis ?? '';
    const { anchor } = options.sealed ?? {};
    this.#marks = [
      ...(typeof anchor === 'object' ? [anchor.count] : []),
      ...(options.kept ? [options.kept.count] : []),
    ];
    this.judge = line => judge(line, options.sealed?.macKey);
  }

  /** Whether the line is the next one of the chain. */
  take(line: PlacedLine): boolean {
    if (line.isTorn && this.#isNeverAcknowledged(line)) {
      this.#isTorn = true;
      return true;
    }
    const seal = line.isTorn ? undefined : sealOfLine(line.text);
    if (!seal || !this.#follows(seal)) return false;
    const macKey = this.#options.sealed?.macKey;
    if (macKey && seal.mac !== null && seal.mac !== macOf(seal.hash, macKey)) return false;
    this.count = seal.seq;
    this.hash = seal.hash;
    this.file = line.file;
    this.#lastText = line.text;
    this.#unsealed = seal.mac === null ? this.#unsealed + 1 : 0;
    if (seal.mac !== null) this.#sealed += 1;
    if (this.#marks.includes(seal.seq)) this.#noted.set(seal.seq, seal.hash);
    return true;
  }

  /** What was exported may begin anywhere. */
  #follows({ seq, prev }: SealOfLine): boolean {
    if (this.count === 0 && this.#options.genesis === undefined) return true;
    return seq === this.count + 1 && prev === this.hash;
  }

  /** Behind all that the keychain knows of; and at the end of the file that is written to, where the log has its own. */
  #isNeverAcknowledged({ file }: PlacedLine): boolean {
    const { home, files, sealed } = this.#options;
    if (files === undefined && file !== currentFile(home)) return false;
    return typeof sealed?.anchor !== 'object' || this.count >= sealed.anchor.count;
  }

  /** What is wrong where every line fits. */
  ending(files: readonly string[]): Problem | undefined {
    const { home, sealed, kept } = this.#options;
    return problemAtEnd({
      home,
      count: this.count,
      sealedEntries: this.#sealed,
      unsealed: this.#unsealed,
      lastAt: readLine(this.#lastText)?.timestamp,
      file: files.at(-1) ?? currentFile(home),
      hashAt: seq => this.#noted.get(seq),
      anchor: sealed?.anchor,
      kept,
    });
  }

  verdict(problem: Problem | undefined): Verdict {
    const { anchor } = this.#options.sealed ?? {};
    return {
      intact: problem === undefined,
      entries: this.count,
      head: this.count === 0 ? undefined : this.hash,
      problems: problem ? [problem] : [],
      unsealed: this.#unsealed,
      unanchored: typeof anchor === 'object' ? Math.max(0, this.count - anchor.count) : 0,
      isTorn: this.#isTorn,
      isSealed: this.#options.sealed !== undefined,
    };
  }
}

function judge(line: PlacedLine, macKey: KeyObject | undefined): Judged {
  const seal = line.isTorn ? undefined : sealOfLine(line.text);
  const isGenuine = seal && (!macKey || seal.mac === null || seal.mac === macOf(seal.hash, macKey));
  return { line, seal: isGenuine ? seal : undefined, isWhole: seal !== undefined };
}

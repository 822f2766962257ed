/** What is wrong where every line fits: too few of them, or others than those that were anchored. */
import type { Home } from '../../home/home.ts';
import type { Anchor } from '../anchor.ts';
import { endingOf } from '../ending.ts';
import type { Head } from '../entry.ts';
import type { Problem } from './problem.ts';

export interface WalkedToEnd {
  readonly home: Home;
  readonly count: number;
  /** Of those, how many have a MAC. */
  readonly sealedEntries: number;
  /** How many at the end have none. */
  readonly unsealed: number;
  readonly lastAt: string | undefined;
  /** The last file. */
  readonly file: string;
  /** The hash of an entry that the anchor or the kept head names. */
  readonly hashAt: (seq: number) => string | undefined;
  readonly anchor: Anchor | 'absent' | 'unreadable' | undefined;
  readonly kept: Head | undefined;
}

export function problemAtEnd(walked: WalkedToEnd): Problem | undefined {
  return ofAnchor(walked) ?? ofKept(walked);
}

function ofAnchor(walked: WalkedToEnd): Problem | undefined {
  const { anchor, count, sealedEntries, file } = walked;
  const at = { seq: count + 1, file };
  if (anchor === undefined) return undefined;
  if (anchor === 'unreadable')
    return { kind: 'anchor-missing', ...at, message: 'what the keychain has in its place is not castkeys' };
  if (anchor !== 'absent') return tooFew(walked, anchor) ?? otherThan(walked, anchor);
  if (sealedEntries === 0) return undefined;
  const message = `there are ${count} entries, and the keychain has no word of them`;
  return { kind: 'anchor-missing', ...at, message };
}

function tooFew({ home, count, lastAt, file }: WalkedToEnd, anchor: Anchor): Problem | undefined {
  const missing = anchor.count - count;
  if (missing <= 0) return undefined;
  const which = missing === 1 ? 'the last entry is' : `the last ${missing} entries are`;
  return {
    ...endingOf(home, lastAt, false),
    seq: count + 1,
    file,
    message: `${which} missing: the keychain knows of ${anchor.count}, made until ${anchor.at}`,
  };
}

function otherThan({ count, unsealed, hashAt, file }: WalkedToEnd, anchor: Anchor): Problem | undefined {
  if (anchor.count === 0 || hashAt(anchor.count) === anchor.hash) return undefined;
  return {
    kind: unsealed > count - anchor.count ? 'cut-tail' : 'rolled-back',
    seq: anchor.count,
    file,
    message: `entry ${anchor.count} is another one than the keychain knows`,
  };
}

function ofKept({ count, hashAt, kept, file }: WalkedToEnd): Problem | undefined {
  if (!kept) return undefined;
  if (count < kept.count) {
    const message = `the head that was kept elsewhere is entry ${kept.count}, and there are ${count}`;
    return { kind: 'anchor-differs', orElse: 'cut-tail', seq: count + 1, file, message };
  }
  if (kept.count === 0 || hashAt(kept.count) === kept.hash) return undefined;
  const message = `entry ${kept.count} is another one than the head that was kept elsewhere`;
  return { kind: 'anchor-differs', seq: kept.count, file, message };
}

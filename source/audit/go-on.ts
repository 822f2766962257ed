/**
 * Where the chain goes on: at the end of the file, if what the keychain knows says that this is the end. Where it isn't,
 * at what the keychain knows: then the gap stays visible for ever, and nothing that was done to the file is healed.
 */
import type { KeyObject } from 'node:crypto';
import type { Anchor } from './anchor.ts';
import type { Torn } from './append-lines.ts';
import type { Ending } from './ending.ts';
import type { Act, Entry, Head } from './entry.ts';
import { hashOfLine, macOf, readLine } from './line.ts';
import type { Tail } from './tail.ts';

export interface GoOn extends Head {
  /** What has to be entered first: that entries made without the keychain are sealed now, or that the log is broken. */
  readonly first: readonly Act[];
  /** There are entries that the anchor doesn't know yet. */
  readonly isAhead: boolean;
  readonly torn: Torn;
}

/** Without the keychain nothing can be told: the chain goes on at the last line that can be read. */
export function goOnUnsealed({ lines, tornBytes }: Tail, genesis: string): GoOn {
  const nothingMore = { first: [], isAhead: false, torn: neverAcknowledged(tornBytes) };
  for (const text of lines) {
    const entry = readLine(text);
    if (entry) return { count: entry.seq, hash: hashOfLine(text) ?? entry.hash, ...nothingMore };
  }
  return { count: 0, hash: genesis, ...nothingMore };
}

/** With the keychain: `anchor` is what it says. */
export function goOnSealed(
  tail: Tail,
  genesis: string,
  anchor: Anchor | 'absent' | 'unreadable',
  macKey: KeyObject,
  looksLike: (lastAt: string | undefined, isTorn: boolean) => Ending,
): GoOn {
  if (anchor === 'unreadable') {
    return { ...goOnUnsealed(tail, genesis), torn: evidence(tail), first: [broken({ anchor })] };
  }
  const known: Head = anchor === 'absent' ? { count: 0, hash: genesis } : anchor;
  const beyond = entriesBeyond(tail.lines, known, macKey);
  if (!beyond || (anchor === 'absent' && beyond.some(({ mac }) => mac !== null))) {
    return { ...known, isAhead: false, torn: evidence(tail), first: [broken(found(known, tail, looksLike))] };
  }
  const waiting = beyond.filter(({ mac }) => mac === null);
  const last = beyond.at(-1);
  return {
    count: last?.seq ?? known.count,
    hash: last?.hash ?? known.hash,
    isAhead: beyond.length > 0 || anchor === 'absent',
    torn: neverAcknowledged(tail.tornBytes),
    first: waiting.length > 0 ? [sealed(waiting)] : [],
  };
}

/**
 * The entries after the anchored one, oldest first; undefined where they don't lead from it. A crash between file and
 * anchor leaves such entries, and so does a closed keychain.
 */
function entriesBeyond(
  lines: Iterable<string>,
  known: Head,
  macKey: KeyObject,
): readonly Entry[] | undefined {
  const beyond: Entry[] = [];
  const leadsOn = (hash: string | undefined, seq: number) => {
    const next = beyond[0];
    return next === undefined || (next.prev === hash && next.seq === seq + 1);
  };
  for (const text of lines) {
    const entry = readLine(text);
    const hash = hashOfLine(text);
    if (!entry || hash === undefined || hash !== entry.hash || !leadsOn(hash, entry.seq)) return undefined;
    if (entry.seq === known.count) return hash === known.hash ? beyond : undefined;
    if (entry.seq < known.count) return undefined;
    if (entry.mac !== null && entry.mac !== macOf(hash, macKey)) return undefined;
    beyond.unshift(entry);
  }
  return known.count === 0 && leadsOn(known.hash, 0) ? beyond : undefined;
}

const neverAcknowledged = (bytes: number): Torn => ({ bytes, stays: false });
const evidence = ({ tornBytes }: Tail): Torn => ({ bytes: tornBytes, stays: true });

const sealed = (waiting: readonly Entry[]): Act => ({
  action: 'log.sealed',
  resource: 'log',
  metadata: { from: waiting[0]?.seq ?? 0, to: waiting.at(-1)?.seq ?? 0, entries: waiting.length },
});

const broken = (metadata: Act['metadata'] & {}): Act => ({
  action: 'log.broken',
  resource: 'log',
  result: 'failure',
  metadata,
});

/** What the file ended with when it was found broken, beside what the keychain says. */
function found(
  known: Head,
  { lines, tornBytes }: Tail,
  looksLike: (lastAt: string | undefined, isTorn: boolean) => Ending,
): Act['metadata'] & {} {
  const [text] = lines;
  const last = text === undefined ? undefined : readLine(text);
  const isAltered =
    text !== undefined && (!last || hashOfLine(text) !== last.hash || last.seq >= known.count);
  const { kind, orElse } = looksLike(last?.timestamp, tornBytes > 0);
  return {
    anchored: known.count,
    found: last?.seq ?? 0,
    looksLike: isAltered ? 'edited' : kind,
    ...(orElse && !isAltered ? { orElse } : {}),
  };
}

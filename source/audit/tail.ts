/** The end of the log, read without the rest of it. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { type Home, unwritable } from '../home/home.ts';
import { logFiles } from './log-files.ts';

/** An entry takes some 500 bytes, and mostly only the last is read. */
const pieceSize = 4 * 1024;

export interface Tail {
  /** Whole lines, latest first, read as they are asked for, file after file. */
  readonly lines: Iterable<string>;
  /** Bytes behind the last line break of the last file: a write that was cut short, or something worse. */
  readonly tornBytes: number;
}

/** @throws CastkeysError `home-unwritable` where the files can't be read. */
export function readTail(home: Home): Tail {
  const files = logFiles(home).toReversed();
  const [newest] = files;
  return { tornBytes: newest === undefined ? 0 : bytesBehindLastBreak(newest), lines: wholeLines(files) };
}

function bytesBehindLastBreak(file: string): number {
  for (const piece of piecesBackwards(file)) return piece.length;
  return 0;
}

/** Each file ends with a line break, so what stands behind it is no line. */
function* wholeLines(files: readonly string[]): Iterable<string> {
  for (const file of files) {
    let isBehindBreak = true;
    for (const piece of piecesBackwards(file)) {
      if (!isBehindBreak) yield piece.toString('utf8');
      isBehindBreak = false;
    }
  }
}

/** What a file has between its line breaks, from its end to its beginning. */
function* piecesBackwards(file: string): Iterable<Buffer> {
  const descriptor = open(file);
  try {
    let position = fstatSync(descriptor).size;
    let rest = Buffer.alloc(0);
    while (position > 0) {
      const length = Math.min(pieceSize, position);
      position -= length;
      const piece = Buffer.allocUnsafe(length);
      readSync(descriptor, piece, 0, length, position);
      rest = Buffer.concat([piece, rest]);
      for (let at = rest.lastIndexOf(10); at >= 0; at = rest.lastIndexOf(10)) {
        yield rest.subarray(at + 1);
        rest = rest.subarray(0, at);
      }
    }
    yield rest;
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string): number {
  try {
    if (!statSync(file).isFile()) throw new Error('it is no file');
    return openSync(file, 'r');
  } catch (thrown) {
    throw unwritable(file, thrown);
  }
}

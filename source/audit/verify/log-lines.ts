import { closeSync, openSync, readSync } from 'node:fs';
import { unwritable } from '../../home/home.ts';

/** A line of the log, and where it stands. */
export interface PlacedLine {
  readonly text: string;
  readonly file: string;
  /** From 1, in its file. */
  readonly number: number;
  /** It ends with the file, not with a line break: a write that was cut short, or a line that was cut. */
  readonly isTorn: boolean;
}

const pieceSize = 1024 * 1024;

/** Every line of the files, in order, a piece of a file in memory at a time. */
export function* logLines(files: readonly string[]): Generator<PlacedLine, void, void> {
  for (const file of files) yield* linesOf(file);
}

function* linesOf(file: string): Generator<PlacedLine, void, void> {
  const descriptor = open(file);
  try {
    let rest = Buffer.alloc(0);
    let number = 0;
    for (;;) {
      const piece = Buffer.allocUnsafe(pieceSize);
      const length = readSync(descriptor, piece);
      if (length === 0) break;
      const bytes =
        rest.length === 0 ? piece.subarray(0, length) : Buffer.concat([rest, piece.subarray(0, length)]);
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        number += 1;
        yield { text: bytes.toString('utf8', start, end), file, number, isTorn: false };
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
    if (rest.length > 0) yield { text: rest.toString(), file, number: number + 1, isTorn: true };
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (thrown) {
    throw unwritable(file, thrown);
  }
}

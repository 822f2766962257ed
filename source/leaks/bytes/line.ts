import type { Spotted } from '../spelling/key-search.ts';

export interface PlacedKey extends Spotted {
  /** From 1; absent where there are no lines, and in what is too large to be looked at whole. */
  readonly line?: number;
}

const newline = 10;
/** git takes what has a zero byte in its beginning for binary, too. */
const beginning = 8000;

/** What was spotted, with the line it is in, where these bytes have lines. */
export function withLine(buffer: Buffer, from: number, to: number, spotted: Spotted): PlacedKey {
  const isBinary = buffer.subarray(from, Math.min(to, from + beginning)).includes(0);
  if (isBinary && spotted.encoding !== 'utf-16') return spotted;
  let line = 1;
  for (let at = buffer.indexOf(newline, from); at >= 0 && at < spotted.at; line += 1)
    at = buffer.indexOf(newline, at + 1);
  return { ...spotted, line };
}

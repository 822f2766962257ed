import { CastkeysError } from '../../errors.ts';
import type { Call } from '../command.ts';

const most = 64 * 1024 * 1024;

/** The payload on standard input, byte for byte: a line break at its end belongs to it. */
export async function readPayload({ streams: { stdin } }: Call, usage: string): Promise<Buffer> {
  if (stdin.isTTY) throw unusable('The payload is read from standard input, and that is a terminal', usage);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > most) throw unusable('The payload on standard input is larger than 64 MiB', usage);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size);
}

const unusable = (what: string, usage: string): CastkeysError =>
  new CastkeysError('usage', `${what}.`, usage);

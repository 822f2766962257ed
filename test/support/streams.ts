/** Streams that stand in for a process's own. */
import { PassThrough, Readable } from 'node:stream';

/** Standard input with this content, or fed by this stream; no terminal unless it is said. */
export function stdinOf(content: string | Buffer | PassThrough, isTTY = false): NodeJS.ReadStream {
  const stream = content instanceof PassThrough ? content : Readable.from([Buffer.from(content)]);
  return Object.assign(stream, { isTTY }) as unknown as NodeJS.ReadStream;
}

export interface Sink {
  readonly stream: NodeJS.WriteStream;
  /** Everything written so far. */
  readonly text: () => string;
}

/** An output stream that keeps what is written; no terminal. */
export function sink(): Sink {
  let written = '';
  const stream = new PassThrough();
  stream.on('data', chunk => {
    written += chunk;
  });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => written };
}

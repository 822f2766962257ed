import { PassThrough } from 'node:stream';

/** An output stream whose text is kept, to be shown later. */
export interface Collected {
  readonly stream: NodeJS.WriteStream;
  /** Everything written so far, line by line, without blank lines at either end. */
  readonly lines: () => readonly string[];
}

/** Takes what a verb prints, as wide as the screen it will be read on. */
export function collected(columns: number): Collected {
  const parts: Buffer[] = [];
  const through = Object.assign(new PassThrough(), { columns, isTTY: false });
  through.on('data', (part: Buffer) => parts.push(part));
  return {
    // A verb writes to it and asks for its width; nothing else of a terminal is ever used of one that is none.
    stream: through as unknown as NodeJS.WriteStream,
    lines: () => {
      const text = Buffer.concat(parts).toString();
      const lines = text.split('\n').map(line => line.trimEnd());
      const first = lines.findIndex(line => line !== '');
      return first === -1 ? [] : lines.slice(first, lines.findLastIndex(line => line !== '') + 1);
    },
  };
}

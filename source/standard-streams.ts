import type { Streams } from './commands/command.ts';

/** The process's own streams, each set up when it is first asked for: that takes a millisecond, and `run` asks for none. */
export function standardStreams(): Streams & {
  /** Resolves when stdout has taken everything: exiting before would cut a long answer short. */
  readonly flushed: () => Promise<void>;
} {
  let stdout: NodeJS.WriteStream | undefined;
  return {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      stdout ??= process.stdout;
      return stdout;
    },
    get stderr() {
      return process.stderr;
    },
    flushed: () =>
      new Promise(resolve => {
        if (!stdout || stdout.writableLength === 0) return resolve();
        stdout.once('drain', resolve);
        stdout.once('error', () => resolve());
      }),
  };
}

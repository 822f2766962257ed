import type { Streams } from './commands/command.ts';

export interface StandardStreams extends Streams {
  /** Resolves when stdout has taken everything: exiting before would cut a long answer short. With why, where it could not. */
  readonly flushed: () => Promise<Error | undefined>;
}

/**
 * The process's own streams, each set up when it is first asked for: that takes a millisecond, and `run` asks for none.
 * `onClosed` is told when nobody reads one of them any more, as after `| head`: no failure, but the end of telling.
 */
export function standardStreams(onClosed: () => void): StandardStreams {
  let stdout: NodeJS.WriteStream | undefined;
  let stderr: NodeJS.WriteStream | undefined;
  let failure: Error | undefined;
  const watched = (stream: NodeJS.WriteStream) =>
    stream.on('error', error => {
      if ('code' in error && error.code === 'EPIPE') onClosed();
      else failure = error;
    });
  return {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      stdout ??= watched(process.stdout);
      return stdout;
    },
    get stderr() {
      stderr ??= watched(process.stderr);
      return stderr;
    },
    flushed: async () => {
      // Behind everything that waits; 'drain' only comes after more than the buffer holds.
      if (stdout) await new Promise<void>(resolve => stdout?.write('', () => resolve()));
      return failure;
    },
  };
}

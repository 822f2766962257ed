import { CastkeysError, exitCode } from './errors.ts';

/** Being told to end: the first signal lets a command end in order, taking back what it began; a second one ends it at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Why the process was told to end, once it was. */
  readonly error: CastkeysError | undefined;
  /** What a signal does, for the front end that gets Ctrl+C as a key. */
  readonly raise: (signal: NodeJS.Signals) => void;
  readonly listen: () => void;
}

/** The exit code of a command that goes on until it is told to end. */
export function exitCodeOfEnd({ reason }: AbortSignal): number {
  return reason instanceof CastkeysError ? reason.exitCode : exitCode.interrupted;
}

/**
 * A signal that comes again this soon, in ms, is the same one: when-exit, which conf brings, answers every signal by
 * sending it to its own process once more.
 */
const echoTime = 300;

/** `endAtOnce` ends the process with an exit code. */
export function prepareInterruption(endAtOnce: (code: number) => void): Interruption {
  const controller = new AbortController();
  let error: CastkeysError | undefined;
  let told = 0;
  const raise = (name: NodeJS.Signals) => {
    const interrupted = name === 'SIGINT';
    if (error) {
      if (performance.now() - told < echoTime) return;
      return endAtOnce(interrupted ? exitCode.interrupted : exitCode.terminated);
    }
    told = performance.now();
    error = new CastkeysError(
      interrupted ? 'cancelled' : 'terminated',
      interrupted ? 'Cancelled. What was begun was taken back.' : 'Ended. What was begun was taken back.',
      'the same command starts again and asks only for the rest',
    );
    controller.abort(error);
  };
  return {
    signal: controller.signal,
    get error() {
      return error;
    },
    raise,
    listen: () => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => raise(name));
    },
  };
}

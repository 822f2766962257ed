import { type Call, type Command, Flags } from '../../source/commands/command.ts';
import { parseCall } from '../../source/commands/parse-call.ts';
import { today } from './install.ts';
import { sink, stdinOf } from './streams.ts';
import { homeIn } from './temporary.ts';

export interface CalledWith extends Partial<Omit<Call, 'streams' | 'home'>> {
  readonly home?: string;
  readonly stdin?: NodeJS.ReadStream;
}

/** A verb as it was called, with nobody at the terminal; and what it prints. */
export function aCall({ home = '/nonexistent', stdin, ...over }: CalledWith = {}) {
  const [stdout, stderr] = [sink(), sink()];
  const call: Call = {
    positionals: [],
    flags: new Flags({}),
    rest: [],
    env: {},
    cwd: '/',
    home: homeIn(home),
    streams: { stdin: stdin ?? stdinOf(''), stdout: stdout.stream, stderr: stderr.stream },
    clock: () => today,
    signal: new AbortController().signal,
    interrupt: () => {},
    ...over,
  };
  return { call, stdout: stdout.text, stderr: stderr.text };
}

/** The call that these words make of a command. */
export function calling(command: Command, words: readonly string[], over: CalledWith = {}) {
  return aCall({ ...parseCall(command, words), ...over });
}

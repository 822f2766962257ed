/** argv -> one command -> exit code. Imports nothing heavy. The only place that exits. */
import { isatty } from 'node:tty';
import { redactKeys } from './castai/key-shape.ts';
import type { Call, Streams } from './commands/command.ts';
import { parseCall } from './commands/parse-call.ts';
import { findVerb, verbs } from './commands/verbs.ts';
import { asCastkeysError, CastkeysError, exitCode } from './errors.ts';
import { findHome, type Home } from './home/home.ts';
import { type Interruption, prepareInterruption } from './interruption.ts';
import type { KeychainChild } from './keychain/open-keychain.ts';
import { readConfig } from './profiles/profiles.ts';
import { standardStreams } from './standard-streams.ts';

/** Carries out a command line and ends the process with its exit code. `keychainChild`: started early for `run`. */
export async function main(words: readonly string[], keychainChild?: KeychainChild): Promise<never> {
  const interruption = prepareInterruption(process.exit);
  // Where nobody reads any more, what goes on is cancelled, and taken back; what is done stays done.
  const streams = standardStreams(() => interruption.error ?? interruption.raise('SIGINT'));
  let code: number = exitCode.done;
  try {
    code = (await dispatch(words, streams, interruption, keychainChild)) ?? exitCode.done;
  } catch (thrown) {
    code = report(interruption.error ?? asCastkeysError(thrown), words, streams);
  }
  const failure = await streams.flushed();
  if (failure) code = report(unwritten(failure), [], streams);
  process.exit(code);
}

async function dispatch(
  words: readonly string[],
  streams: Streams,
  interruption: Interruption,
  keychainChild: KeychainChild | undefined,
): Promise<number | undefined> {
  const home = findHome(process.env);
  const implied = words.length === 0 || words[0]?.startsWith('-') ? impliedVerb(words, home) : words;
  if (implied === 'help') {
    const { generalHelp } = await import('./commands/help.ts');
    streams.stdout.write(generalHelp(verbs));
    return exitCode.done;
  }
  const found = findVerb(implied);
  if (!found) throw unknownCommand(words);
  const { command } = await found.verb.load();
  const parsed = parseCall(command, found.rest);
  if (parsed.flags.has('help')) {
    const { commandHelp } = await import('./commands/help.ts');
    streams.stdout.write(commandHelp(command));
    return exitCode.done;
  }
  if (parsed.flags.has('no-color')) {
    process.env['NO_COLOR'] = '1';
    delete process.env['FORCE_COLOR'];
  }
  if (!command.leavesSignalsAlone) interruption.listen();
  const call: Call = {
    ...parsed,
    env: process.env,
    cwd: process.cwd(),
    home,
    streams,
    clock: () => new Date(),
    signal: interruption.signal,
    ...(keychainChild ? { keychainChild } : {}),
    interrupt: () => interruption.raise('SIGINT'),
  };
  return command.run(call);
}

/** Without a command: help if asked for; the checklist where nobody sits at a terminal; else the wizard on a first run, and the dashboard after. */
function impliedVerb(words: readonly string[], home: Home): readonly string[] | 'help' {
  if (words.includes('--help') || words.includes('-h')) return 'help';
  const isAttended = isatty(0) && isatty(2) && !words.includes('--json');
  if (!isAttended) return ['status', ...words];
  const isFirstRun = Object.keys(readConfig(home)?.profiles ?? {}).length === 0;
  return isFirstRun ? ['setup', ...words] : ['dashboard', ...words];
}

function unknownCommand(words: readonly string[]): CastkeysError {
  const called = words
    .slice(0, 2)
    .filter(word => !word.startsWith('-'))
    .map(word => JSON.stringify(redactKeys(word).slice(0, 40)))
    .join(' ');
  return new CastkeysError('usage', `There is no command ${called}.`, 'castkeys --help');
}

function unwritten(failure: Error): CastkeysError {
  return new CastkeysError(
    'failed',
    `Not everything could be written to standard output: ${failure.message}. What was done stays done.`,
    'make room, and run the same command again',
  );
}

/** Says what happened, what was not lost, and the next command; returns the exit code. */
function report(error: CastkeysError, words: readonly string[], streams: Streams): number {
  const message = redactKeys(error.message);
  const end = words.indexOf('--');
  if ((end < 0 ? words : words.slice(0, end)).includes('--json')) {
    streams.stdout.write(`${JSON.stringify({ error: { code: error.code, message, next: error.next } })}\n`);
  } else {
    streams.stderr.write(`castkeys: ${message}\n  next: ${error.next}\n`);
  }
  return error.exitCode;
}

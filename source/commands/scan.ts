import { exitCode } from '../errors.ts';
import { exitCodeOfEnd } from '../interruption.ts';
import {
  judge,
  loadKnownKeys,
  onlyShape,
  Recogniser,
  registerOf,
  type ScanResult,
  scan,
} from '../leaks/leaks.ts';
import type { Call, Command } from './command.ts';
import { oneName } from './positionals.ts';
import { reportJson } from './scan/json.ts';
import { openProgress } from './scan/progress.ts';
import { reportWords } from './scan/words.ts';
import { type Session, withSession } from './session.ts';

export const command: Command = {
  usage: ['scan [PATH] [--history] [--full] [--shape-only]'],
  summary: 'Look for keys in files and in every object that git has',
  takesWords: true,
  about: [
    'Looks for the keys in the keychain by value, for retired ones by fingerprint, and for whatever has the shape of a Cast AI key: plain or encoded, in files (ignored ones too), the index, and every git object, whether anything leads to it or not. Nothing leaves this machine.',
    'Objects that were looked through before are not read again. Exit 3 if a key was found.',
  ].join('\n'),
  options: {
    history: { type: 'boolean', help: 'only git: every object, names of refs, reflogs' },
    full: { type: 'boolean', help: 'read every object again' },
    'shape-only': {
      type: 'boolean',
      help: 'leave the keychain closed, and look for the shape of a key alone',
    },
  },
  examples: ['castkeys scan', 'castkeys scan --history --json', 'castkeys scan ../other-repository'],
  run: call => withSession(call, session => scanForKeys(call, session)),
};

async function scanForKeys(call: Call, session: Session): Promise<number | undefined> {
  const started = performance.now();
  const progress = openProgress(call);
  try {
    const result = await scan({
      path: oneName(call, 'castkeys scan [PATH]') ?? '.',
      what: call.flags.has('history') ? 'history' : 'everything',
      full: call.flags.has('full'),
      cwd: call.cwd,
      env: call.env,
      home: call.home,
      clock: call.clock,
      signal: call.signal,
      ...knownTo(call, session),
      onProgress: progress.show,
    });
    progress.close();
    return report(call, session, result, performance.now() - started);
  } finally {
    progress.close();
  }
}

/** What is looked for, and who knows it: the keychain is opened at the first need. */
function knownTo(call: Call, { install }: Session) {
  if (call.flags.has('shape-only')) return { wanted: [], recogniser: async () => new Recogniser(onlyShape) };
  let opened: Promise<Recogniser> | undefined;
  return {
    wanted: Object.keys(install.config()?.credentials ?? {}),
    recogniser: () => {
      opened ??= loadKnownKeys(install).then(known => new Recogniser(known));
      return opened;
    },
  };
}

function report(call: Call, { install }: Session, result: ScanResult, ms: number): number | undefined {
  const register = registerOf(install.config());
  const findings = result.located.map(located => judge(located, register));
  const { stdout } = call.streams;
  stdout.write(
    call.flags.has('json') ? reportJson(findings, result, ms) : reportWords(findings, result, ms, stdout),
  );
  if (result.isInterrupted) return exitCodeOfEnd(call.signal);
  return findings.length > 0 ? exitCode.badAnswer : undefined;
}

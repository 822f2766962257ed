import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { CastkeysError, exitCode } from '../errors.ts';
import { exitCodeOfEnd } from '../interruption.ts';
import {
  ignoredKeys,
  judgeAll,
  type Recogniser,
  registerOf,
  ruleFor,
  type Scanner,
  type ScanResult,
  scan,
  scanners,
  tryKeys,
  type What,
} from '../leaks/leaks.ts';
import type { Call, Command } from './command.ts';
import { parseCall } from './parse-call.ts';
import { oneName } from './positionals.ts';
import { addHooks } from './scan/hooks.ts';
import { ignore } from './scan/ignore.ts';
import { reportJson } from './scan/json.ts';
import { lookedFor } from './scan/looked-for.ts';
import { openProgress } from './scan/progress.ts';
import { reportSarif } from './scan/sarif.ts';
import { reportWords } from './scan/words.ts';
import { type Session, withSession } from './session.ts';
import { findVerb } from './verbs.ts';

export const command: Command = {
  usage: [
    'scan [PATH] [--history | --staged] [--everywhere] [--full] [--live] [--sarif]',
    'scan --install-hook',
    'scan --ignore KEY --reason WHY',
    `scan --rules ${scanners.join('|')}`,
  ],
  summary: 'Look for keys in files and in every object that git has',
  takesWords: true,
  about: [
    'Looks for the keys in the keychain by value, for retired ones by fingerprint, and for whatever has the shape of a Cast AI key: plain or encoded, in files (ignored ones too), the index, and every git object, whether anything leads to it or not. Nothing leaves this machine but with --live.',
    'Objects that were looked through before are not read again. Exit 3 if a key was found.',
  ].join('\n'),
  options: {
    history: { type: 'boolean', help: 'only git: every object, names of refs, reflogs' },
    staged: { type: 'boolean', help: 'only what the next commit would add or change' },
    everywhere: {
      type: 'boolean',
      help: 'also the usual places in your home directory: histories, settings, logs, editors',
    },
    pushing: {
      type: 'string',
      value: 'REMOTE',
      help: 'only what a push would send, as git tells a pre-push hook on standard input',
    },
    full: { type: 'boolean', help: 'read every object again' },
    live: { type: 'boolean', help: 'ask Cast AI whether each key that was found still works' },
    sarif: { type: 'boolean', help: 'print a SARIF 2.1.0 log' },
    'shape-only': {
      type: 'boolean',
      help: 'leave the keychain closed, and look for the shape of a key alone',
    },
    'install-hook': { type: 'boolean', help: 'scan before each commit and push; hooks that are there stay' },
    ignore: { type: 'string', value: 'KEY', help: 'this key is no finding: an example, or revoked' },
    reason: { type: 'string', value: 'WHY', help: 'why it is ignored' },
    rules: { type: 'string', value: scanners.join('|'), help: 'print a rule for another scanner' },
  },
  examples: [
    'castkeys scan',
    'castkeys scan --history --json',
    'castkeys scan --rules gitleaks > castai.toml',
  ],
  async run(call) {
    const { flags } = call;
    const [rules, ignored] = [flags.text('rules'), flags.text('ignore')];
    if (rules !== undefined) return printRule(call, rules);
    if (ignored !== undefined) return ignore(call, ignored);
    if (flags.has('install-hook')) return addHooks(call);
    const { code, next } = await withSession(call, session => scanForKeys(call, session));
    return next === undefined ? code : goOn(call, next);
  },
};

function printRule({ streams }: Call, name: string): undefined {
  const scanner = scanners.find((known): known is Scanner => known === name);
  if (!scanner) {
    throw new CastkeysError(
      'usage',
      'castkeys has no rule for that scanner.',
      `--rules ${scanners.join('|')}`,
    );
  }
  streams.stdout.write(ruleFor(scanner));
  return undefined;
}

/** Starts what was chosen of the next commands, as if it had been typed. */
async function goOn(call: Call, words: readonly string[]): Promise<number | undefined> {
  const found = findVerb(words);
  if (!found) return undefined;
  const { command: next } = await found.verb.load();
  return next.run({ ...call, ...parseCall(next, found.rest) });
}

interface Scanned {
  readonly code: number | undefined;
  /** The command line to go on with. */
  readonly next?: readonly string[];
}

async function scanForKeys(call: Call, session: Session): Promise<Scanned> {
  const started = performance.now();
  const path = oneName(call, 'castkeys scan [PATH]') ?? '.';
  const keys = lookedFor(call, session);
  const progress = openProgress(call);
  try {
    const result = await scan({
      path,
      what: await whatOf(call),
      full: call.flags.has('full'),
      needsValues: call.flags.has('live'),
      ...(call.flags.has('everywhere') ? { userHome: call.env['HOME'] || homedir() } : {}),
      cwd: call.cwd,
      env: call.env,
      home: call.home,
      clock: call.clock,
      signal: call.signal,
      ...keys,
      onProgress: progress.show,
    });
    progress.close();
    return await report(call, session, { path, result, ms: performance.now() - started, ...keys });
  } finally {
    progress.close();
  }
}

async function whatOf({ flags, streams }: Call): Promise<What> {
  const pushing = flags.text('pushing');
  const chosen = [flags.has('history'), flags.has('staged'), pushing !== undefined].filter(Boolean);
  if (chosen.length > 1)
    throw new CastkeysError(
      'usage',
      '--history, --staged and --pushing each look at something else. Nothing was looked at.',
      'castkeys scan --history',
    );
  if (pushing !== undefined) return { push: { remote: pushing, refs: await text(streams.stdin) } };
  if (flags.has('staged')) return 'staged';
  return flags.has('history') ? 'history' : 'everything';
}

/** A scan of a machine where castkeys keeps no key leaves nothing behind. One that can't be entered has scanned all the same. */
async function enterScan(
  install: Session['install'],
  { path, ...metadata }: { readonly path: string; readonly findings: number; readonly isWhole: boolean },
): Promise<void> {
  if (!install.config()) return;
  const { enter } = await import('../audit/audit.ts');
  const result = metadata.findings === 0 ? 'success' : 'failure';
  await enter(install, { action: 'scan.done', resource: `path:${path}`, result, metadata }).catch(() => {});
}

interface Reported {
  readonly path: string;
  readonly result: ScanResult;
  readonly ms: number;
  readonly recogniser: () => Promise<Recogniser>;
}

async function report(
  call: Call,
  { install, reach }: Session,
  { path, result, ms, recogniser }: Reported,
): Promise<Scanned> {
  const { flags, streams, signal } = call;
  const config = install.config();
  const { keys, passedOver } = ignoredKeys(call.home, resolve(call.cwd, path));
  if (passedOver) streams.stderr.write(`${passedOver}\n`);
  const { findings: untried, ignored } = judgeAll(result.located, registerOf(config), keys);
  const findings =
    flags.has('live') && untried.length > 0
      ? await tryKeys({ config, findings: untried, values: (await recogniser()).values, reach, signal })
      : untried;
  const judged = { findings, ignored };
  if (flags.has('sarif')) streams.stdout.write(reportSarif(findings, result));
  else if (flags.has('json')) streams.stdout.write(reportJson(judged, result, ms));
  else streams.stdout.write(reportWords(judged, result, ms, streams.stdout));
  await enterScan(install, {
    path: resolve(call.cwd, path),
    findings: findings.length,
    isWhole: !result.isInterrupted,
  });
  if (result.isInterrupted) return { code: exitCodeOfEnd(signal) };
  if (findings.length === 0) return { code: undefined };
  const { whatNow } = await import('./scan/what-now.ts');
  const next = await whatNow(call, findings);
  return { code: exitCode.badAnswer, ...(next ? { next } : {}) };
}

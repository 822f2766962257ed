import { parseHeadLine, problemKinds, type Verdict, verifyExport, verifyLog } from '../audit/audit.ts';
import { CastkeysError, exitCode } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Call, Command } from './command.ts';
import { oneName } from './positionals.ts';
import { type Session, withSession } from './session.ts';

export const command: Command = {
  usage: ['audit verify [FILE] [--anchor LINE]'],
  summary: 'Prove that the audit log is whole, or say what was done to it',
  about:
    "Writes nothing, heals nothing. Checks each entry's hash, its MAC and its place in the chain, and the end against the keychain. FILE is an export, from any machine: its hashes are checked, and with --anchor its end. Exit 3 if it does not hold.",
  takesWords: true,
  options: {
    anchor: { type: 'string', value: 'LINE', help: 'a head that was kept elsewhere (audit export --head)' },
  },
  examples: ['castkeys audit verify', 'castkeys audit verify export.jsonl --anchor castkeys-audit-head:…'],
  run: call => withSession(call, session => verify(call, session)),
};

async function verify(call: Call, { install }: Session): Promise<number> {
  const file = oneName(call, 'castkeys audit verify [FILE]');
  const anchor = call.flags.text('anchor');
  const kept = anchor === undefined ? undefined : parseHeadLine(anchor);
  const installId = install.config()?.installId;
  if (kept && file === undefined && kept.installId !== installId) {
    throw new CastkeysError(
      'usage',
      'That head was printed by another install. Nothing was checked.',
      'verify its export: castkeys audit verify FILE --anchor LINE',
    );
  }
  const verdict =
    file === undefined
      ? await verifyLog({ home: call.home, installId, keychain: install.keychain, ...(kept ? { kept } : {}) })
      : verifyExport(call.home, [file], kept);
  const { stdout } = call.streams;
  stdout.write(call.flags.has('json') ? `${JSON.stringify(verdict, null, 2)}\n` : inWords(verdict));
  return verdict.intact ? exitCode.done : exitCode.badAnswer;
}

function inWords(verdict: Verdict): string {
  const { intact, entries, head, problems, unsealed, unanchored, isTorn, isSealed } = verdict;
  const [problem] = problems;
  const notes = [
    ...(isSealed
      ? []
      : ['Only hashes were checked: the MACs take the keychain of the install that made it.']),
    ...(unsealed > 0
      ? [`The last ${unsealed} wait for their MAC: they were made while the keychain was closed.`]
      : []),
    ...(unanchored > unsealed
      ? ['A crash left the last ones without their anchor; the next entry takes them up.']
      : []),
    ...(isTorn ? ['A write at the end was cut short, and nobody was told that it was done.'] : []),
  ];
  const first = problem
    ? [
        `The audit log does not hold: ${problemKinds[problem.kind]}${problem.orElse ? `, or ${problemKinds[problem.orElse]}` : ''}.`,
        `  entry ${problem.seq}: ${problem.message}`,
        `  ${printable(problem.file)}${problem.line === undefined ? '' : `, line ${problem.line}`}`,
        `  the ${entries} before it hold${head ? `, up to ${head}` : ''}`,
      ]
    : [
        intact && entries === 0
          ? 'The audit log is empty.'
          : `${entries} entries, all in place. Head: ${head}`,
      ];
  return `${[...first, ...notes].join('\n')}\n`;
}

/** The error for a log that something else would have rested on. */
export function tamperedError({ kind, seq, message }: Verdict['problems'][number]): CastkeysError {
  return new CastkeysError(
    'log-tampered',
    `The audit log does not hold from entry ${seq} on: ${problemKinds[kind]} (${message}). It was left as it is.`,
    'castkeys audit verify',
  );
}

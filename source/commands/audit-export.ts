import { csvHeading, csvRow, headLine, readEntries, readLines, verifyLog } from '../audit/audit.ts';
import { CastkeysError } from '../errors.ts';
import { filterOf, filterOptions } from './audit-options.ts';
import { tamperedError } from './audit-verify.ts';
import type { Call, Command } from './command.ts';
import { type Session, withSession } from './session.ts';

export const command: Command = {
  usage: ['audit export [--format jsonl|csv] [--since TIME] [--until TIME]', 'audit export --head'],
  summary: 'Export the audit log, or its head to be kept elsewhere',
  about:
    'jsonl is the log byte for byte: castkeys audit verify FILE checks it anywhere. --head prints one line; kept where nobody of this machine can write, it shows later what was changed even with the keychain in hand.',
  options: {
    format: { type: 'string', value: 'jsonl|csv', help: 'jsonl (default) or csv' },
    head: { type: 'boolean', help: 'one line: how many entries there are, and the hash of the last' },
    ...filterOptions,
  },
  examples: ['castkeys audit export --since 2026-01-01 --format csv', 'castkeys audit export --head'],
  run: call =>
    call.flags.has('head') ? withSession(call, session => printHead(call, session)) : printEntries(call),
};

async function printEntries(call: Call): Promise<undefined> {
  const { stdout } = call.streams;
  const filter = filterOf(call);
  switch (call.flags.text('format') ?? 'jsonl') {
    case 'jsonl':
      for (const line of readLines(call.home, filter)) stdout.write(`${line}\n`);
      return undefined;
    case 'csv':
      stdout.write(csvHeading);
      for (const entry of readEntries(call.home, filter)) stdout.write(csvRow(entry));
      return undefined;
    default:
      throw new CastkeysError('usage', 'There is no such format.', '--format jsonl|csv');
  }
}

/** Only the head of a log that holds: another one would be kept as if it did. */
async function printHead(call: Call, { install }: Session): Promise<undefined> {
  const installId = install.config()?.installId;
  const verdict = await verifyLog({ home: call.home, installId, keychain: install.keychain });
  const [problem] = verdict.problems;
  if (problem) throw tamperedError(problem);
  if (installId === undefined || verdict.head === undefined)
    throw new CastkeysError('failed', 'The audit log has no entry yet.', 'castkeys setup');
  const line = headLine(installId, { count: verdict.entries, hash: verdict.head });
  call.streams.stdout.write(call.flags.has('json') ? `${JSON.stringify({ head: line })}\n` : `${line}\n`);
  return undefined;
}

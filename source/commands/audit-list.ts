import { type Entry, follow, readEntries } from '../audit/audit.ts';
import { CastkeysError } from '../errors.ts';
import { exitCodeOfEnd } from '../interruption.ts';
import { printable } from '../printable.ts';
import { filterOf, filterOptions } from './audit-options.ts';
import type { Call, Command } from './command.ts';
import { table } from './profile-table.ts';

/** As many as fit on a screen, where nobody says how many. */
const usual = 30;

export const command: Command = {
  usage: ['audit [list] [--action ACTION] [--since TIME] [--follow]'],
  summary: 'List what was done with keys and profiles',
  about:
    'The latest entries, oldest first. --follow goes on as they are made; with --json, one entry a line, for a log shipper.',
  options: {
    ...filterOptions,
    limit: { type: 'string', value: 'COUNT', help: `only the last so many (default ${usual})` },
    all: { type: 'boolean', help: 'every entry' },
    follow: { type: 'boolean', short: 'f', help: 'go on with what comes, until Ctrl+C' },
  },
  examples: ['castkeys audit --since 7d --action key', 'castkeys audit list --follow --json | vector'],
  run: async call => {
    const { stdout } = call.streams;
    const isJson = call.flags.has('json');
    const filter = filterOf(call);
    let last = 0;
    const shown: Entry[] = [];
    const limit = limitOf(call);
    for (const entry of readEntries(call.home)) last = entry.seq;
    for (const entry of readEntries(call.home, filter)) {
      shown.push(entry);
      if (shown.length > limit) shown.shift();
    }
    if (!call.flags.has('follow')) {
      stdout.write(isJson ? `${JSON.stringify({ entries: shown }, null, 2)}\n` : tableOf(shown));
      return undefined;
    }
    const print = (entry: Entry) =>
      stdout.write(isJson ? `${JSON.stringify(entry)}\n` : `${rowOf(entry).join('  ')}\n`);
    for (const entry of shown) print(entry);
    for await (const entry of follow(call.home, filter, { after: last, signal: call.signal })) print(entry);
    return exitCodeOfEnd(call.signal);
  },
};

function limitOf({ flags }: Call): number {
  if (flags.has('all')) return Number.POSITIVE_INFINITY;
  const typed = flags.text('limit');
  if (typed === undefined) return usual;
  if (/^[1-9]\d{0,6}$/.test(typed)) return Number(typed);
  throw new CastkeysError('usage', '--limit takes a number of entries.', '--limit 100, or --all');
}

function tableOf(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'No entry.\n';
  return table([['SEQ', 'TIME (UTC)', 'RESULT', 'ACTION', 'RESOURCE', 'USER'], ...entries.map(rowOf)]);
}

const rowOf = ({ seq, timestamp, result, action, resource, userId }: Entry): readonly string[] => [
  String(seq),
  printable(timestamp.slice(0, 19).replace('T', ' ')),
  result,
  printable(action),
  printable(resource, 60),
  printable(userId, 40),
];

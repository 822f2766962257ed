import type { Home } from '../home/home.ts';
import type { Entry, Result } from './entry.ts';
import { readLine } from './line.ts';
import { logFiles } from './log-files.ts';
import { logLines } from './verify/log-lines.ts';

/** Which entries are wanted; what is absent lets everything through. */
export interface EntryFilter {
  /** An action, or what it begins with: `key`, `key.handed`. */
  readonly action?: string;
  /** Part of the resource: `production`, `production/reader`. */
  readonly resource?: string;
  readonly user?: string;
  readonly result?: Result;
  readonly since?: Date;
  readonly until?: Date;
}

export function wants(filter: EntryFilter, entry: Entry): boolean {
  const { action, resource, user, result, since, until } = filter;
  const at = Date.parse(entry.timestamp);
  return (
    (action === undefined || entry.action === action || entry.action.startsWith(`${action}.`)) &&
    (resource === undefined || entry.resource.includes(resource)) &&
    (user === undefined || entry.userId.includes(user)) &&
    (result === undefined || entry.result === result) &&
    (since === undefined || at >= since.getTime()) &&
    (until === undefined || at <= until.getTime())
  );
}

/** The entries of the log, oldest first, as they are read. A line that holds none is left out: verifying names it. */
export function* readEntries(home: Home, filter: EntryFilter = {}): Generator<Entry, void, void> {
  for (const { text } of logLines(logFiles(home))) {
    const entry = readLine(text);
    if (entry && wants(filter, entry)) yield entry;
  }
}

/** The same as the log has them, byte for byte: what was exported can be verified elsewhere. */
export function* readLines(home: Home, filter: EntryFilter): Generator<string, void, void> {
  for (const { text } of logLines(logFiles(home))) {
    const entry = readLine(text);
    if (entry && wants(filter, entry)) yield text;
  }
}

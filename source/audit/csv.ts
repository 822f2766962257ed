import type { Entry } from './entry.ts';

const columns = [
  'seq',
  'timestamp',
  'action',
  'userId',
  'resource',
  'result',
  'metadata',
  'prev',
  'hash',
  'mac',
] as const;

export const csvHeading = `${columns.join(',')}\r\n`;

/** An entry as a row (RFC 4180). A cell that a spreadsheet would take for a formula is text. */
export const csvRow = (entry: Entry): string =>
  `${columns.map(column => cell(column === 'metadata' ? JSON.stringify(entry.metadata) : String(entry[column] ?? ''))).join(',')}\r\n`;

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

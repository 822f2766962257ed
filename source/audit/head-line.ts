/** The head of the log as one line, to be kept elsewhere: in a ticket, a mail, on paper. */
import { hash as digest } from 'node:crypto';
import { CastkeysError } from '../errors.ts';
import type { Head } from './entry.ts';

const prefix = 'castkeys-audit-head';

/** `castkeys-audit-head:<install>:<entries>:<hash>:<check>`; the check tells a slip of the pen from tampering. */
export function headLine(installId: string, { count, hash }: Head): string {
  const said = `${prefix}:${installId}:${count}:${hash}`;
  return `${said}:${checkOf(said)}`;
}

/** @throws CastkeysError `usage` for a line that castkeys didn't print, or not so. */
export function parseHeadLine(line: string): Head & { readonly installId: string } {
  const [, said = '', installId = '', count, hash, check] =
    /^(castkeys-audit-head:([0-9a-f]+):(\d{1,15}):([0-9a-f]{64})):([0-9a-f]{8})$/.exec(line.trim()) ?? [];
  if (count === undefined || hash === undefined || check !== checkOf(said)) {
    throw new CastkeysError(
      'usage',
      'That is no head of an audit log, or it was not copied whole. Nothing was checked.',
      'take the whole line that castkeys audit export --head printed',
    );
  }
  return { installId, count: Number(count), hash };
}

const checkOf = (said: string): string => digest('sha256', said).slice(0, 8);

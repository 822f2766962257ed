/**
 * An entry as a line of the file: canonical JSON (RFC 8785), so that whoever parses it can make the same bytes again
 * and hash them. `action` comes first by its name, `hash` and `mac` right behind it; cut out, what is left is what
 * was hashed. So a line is checked without being parsed or written anew.
 */
import { createHmac, hash as digest, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as v from 'valibot';
import type { Entry } from './entry.ts';

export type Unsealed = Omit<Entry, 'hash' | 'mac'>;

export interface Line {
  /** Without the line break. */
  readonly text: string;
  readonly hash: string;
}

/** Letters, digits and `._:-`: what is found in a line by its place must not need to be escaped. */
export const actionShape = /^[A-Za-z][A-Za-z0-9._:-]{0,99}$/;

/** Writes an entry as a line. Without a key it is only chained. */
export function writeLine(entry: Unsealed, macKey: KeyObject | undefined): Line {
  const body = canonicalize(entry) ?? '';
  const hash = digest('sha256', body);
  const mac = macKey ? `"${macOf(hash, macKey)}"` : 'null';
  const behind = `{"action":"${entry.action}"`.length;
  return { hash, text: `${body.slice(0, behind)},"hash":"${hash}","mac":${mac}${body.slice(behind)}` };
}

/** The MAC of an entry: over its hash, which is over everything else. */
export const macOf = (hash: string, macKey: KeyObject): string =>
  createHmac('sha256', macKey).update(hash).digest('hex');

const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const entrySchema = v.object({
  timestamp: v.string(),
  action: v.string(),
  userId: v.string(),
  resource: v.string(),
  result: v.picklist(['success', 'failure', 'pending']),
  metadata: v.custom<Entry['metadata']>(
    data => typeof data === 'object' && data !== null && !Array.isArray(data),
  ),
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  prev: hex,
  hash: hex,
  mac: v.nullable(hex),
});

/** The entry a line holds; undefined for one that holds none. Says nothing of whether it is true. */
export function readLine(text: string): Entry | undefined {
  try {
    return v.parse(entrySchema, JSON.parse(text));
  } catch {
    return undefined;
  }
}

const seal = /^\{"action":"[^"\\]*"(,"hash":"[0-9a-f]{64}","mac":(?:null|"[0-9a-f]{64}"))/d;

/** The hash that a line should have: of its bytes, without hash and MAC. Undefined where those are not in their place. */
export function hashOfLine(text: string): string | undefined {
  const [start, end] = seal.exec(text)?.indices?.[1] ?? [];
  if (start === undefined || end === undefined) return undefined;
  return digest('sha256', text.slice(0, start) + text.slice(end));
}

/** What the first entry of an install's log has in the place of the hash before: another install's log begins otherwise. */
export const genesisOf = (installId: string): string =>
  digest('sha256', `castkeys audit log of install ${installId}`);

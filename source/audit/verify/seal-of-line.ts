import { hash as digest } from 'node:crypto';

/** What a line says of its own place in the chain, and the hash that its bytes have. */
export interface SealOfLine {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly mac: string | null;
}

const opening = '{"action":"';
const hashOpening = ',"hash":"';
const macOpening = '","mac":';
const prevOpening = ',"prev":"';
const seqOpening = ',"seq":';
const hashLength = 64;

/**
 * Reads a line as castkeys writes it, and hashes it; undefined for any other, or where the hash is not the one it says.
 * Nothing is parsed: what is looked for can't stand inside a string, where each quote has a backslash before it.
 */
export function sealOfLine(text: string): SealOfLine | undefined {
  if (!text.startsWith(opening)) return undefined;
  const start = text.indexOf('"', opening.length) + 1;
  const hashAt = start + hashOpening.length;
  const macAt = hashAt + hashLength + macOpening.length;
  if (!text.startsWith(hashOpening, start) || !text.startsWith(macOpening, hashAt + hashLength))
    return undefined;
  const isUnsealed = text.startsWith('null,', macAt);
  const end = isUnsealed ? macAt + 'null'.length : macAt + hashLength + 2;
  if (!isUnsealed && (text[macAt] !== '"' || text[end - 1] !== '"')) return undefined;
  const hash = digest('sha256', text.slice(0, start) + text.slice(end));
  if (!text.startsWith(hash, hashAt)) return undefined;
  const prevAt = text.lastIndexOf(prevOpening) + prevOpening.length;
  const seqAt = text.lastIndexOf(seqOpening) + seqOpening.length;
  return {
    seq: Number.parseInt(text.slice(seqAt, seqAt + 16), 10),
    prev: text.slice(prevAt, prevAt + hashLength),
    hash,
    mac: isUnsealed ? null : text.slice(macAt + 1, end - 1),
  };
}

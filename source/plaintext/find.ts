import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { looksLikeKey, strictKey } from '../castai/castai.ts';
import { Secret } from '../keychain/secret.ts';
import { type Assignment, assignmentsIn } from './assignments.ts';
import { type PlaintextFile, plaintextFiles } from './files.ts';
import { hints, isSecretValue, type Purpose, purposeOf } from './names.ts';

/** Where to look. Nothing is changed. */
export interface Surroundings {
  readonly cwd: string;
  /** The person's home directory. */
  readonly userHome: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A secret that lies in plaintext. */
export type PlaintextKey = PlaintextInFile | PlaintextVariable;

interface Found extends Purpose {
  /** The variable's name, or the setting's; empty where the value stands alone. */
  readonly name: string;
  readonly secret: Secret;
}

export interface PlaintextInFile extends Found {
  readonly place: 'file';
  readonly file: PlaintextFile;
  /** From 1. */
  readonly line: number;
  /** The offsets of the value in the file, in bytes. */
  readonly from: number;
  readonly to: number;
  readonly isWholeLine: boolean;
}

export interface PlaintextVariable extends Found {
  readonly place: 'variable';
}

/** What is larger is no settings file. Bytes. */
const largest = 1024 * 1024;

/** What was found, and in how many files was looked. */
export interface Look {
  readonly keys: readonly PlaintextKey[];
  readonly files: number;
}

/** Looks through files and variables for values that are Cast AI keys by their shape, or secrets by their name. */
export function findPlaintext({ cwd, userHome, env }: Surroundings): Look {
  const files = plaintextFiles(cwd, userHome);
  return { keys: [...files.flatMap(keysInFile), ...keysInVariables(env)], files: files.length };
}

/** Read as Latin-1, a byte a character, so that an offset is a byte and what isn't UTF-8 survives. */
export function readBytes(path: string): string {
  return readFileSync(path, 'latin1');
}

function keysInFile(file: PlaintextFile): readonly PlaintextInFile[] {
  const text = readSmall(file.path);
  const assigned = assignmentsIn(text, file.syntax).flatMap(assignment => {
    const purpose = purposeIn(file, assignment);
    return purpose ? [inFile(file, text, assignment, purpose)] : [];
  });
  const others = [...text.matchAll(new RegExp(strictKey, 'g'))]
    .map(match => ({ from: match.index, to: match.index + match[0].length, value: match[0] }))
    .filter(({ from, to }) => !assigned.some(known => known.from <= from && to <= known.to))
    .map(span => inFile(file, text, { ...span, name: '', isWholeLine: false }, { kind: 'key' }));
  return [...assigned, ...others].sort((one, other) => one.from - other.from);
}

function readSmall(path: string): string {
  try {
    return statSync(path).size > largest ? '' : readBytes(path);
  } catch {
    // What this user may not read is not this user's leak.
    return '';
  }
}

/** The settings of Cast AI's own tools have names that say nothing of it. */
function purposeIn(file: PlaintextFile, { name, value }: Assignment): Purpose | undefined {
  const fileName = basename(file.path);
  if (looksLikeKey(value) === 'current') return { kind: 'key', ...hints(name, fileName) };
  const purpose =
    file.path.endsWith('.cast/config') && name === 'access_token'
      ? { kind: 'key' as const }
      : purposeOf(name, fileName);
  return purpose && isSecretValue(value) ? purpose : undefined;
}

function inFile(
  file: PlaintextFile,
  text: string,
  { name, value, from, to, isWholeLine }: Assignment,
  purpose: Purpose,
): PlaintextInFile {
  const line = text.slice(0, from).split('\n').length;
  return { place: 'file', file, line, from, to, isWholeLine, name, secret: new Secret(value), ...purpose };
}

/** What `castkeys run` gives a command it gives to that command alone; that is no plaintext lying about. */
const givenByRun: readonly string[] = [
  'CASTAI_API_KEY',
  'CASTAI_API_TOKEN',
  'CASTAI_READ_KEY',
  'CASTAI_WRITE_KEY',
  'CASTAI_SECRET',
];

function keysInVariables(env: Surroundings['env']): readonly PlaintextVariable[] {
  const isInRun = env['CASTKEYS_PROFILE'] !== undefined && env['CASTAI_API_KEY'] === env['CASTAI_API_TOKEN'];
  return Object.entries(env).flatMap(([name, value = '']) => {
    if (name.startsWith('CASTKEYS_') || (isInRun && givenByRun.includes(name))) return [];
    const purpose: Purpose | undefined =
      looksLikeKey(value) === 'current' ? { kind: 'key', ...hints(name, '') } : purposeOf(name);
    if (!purpose || !isSecretValue(value)) return [];
    return [{ place: 'variable' as const, name, secret: new Secret(value), ...purpose }];
  });
}

import { createHash, type Hash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Loose objects are in folders named like the first byte of their id. */
const fanOut = /^[0-9a-f]{2}$/;

/**
 * What object files a repository has, in a few letters: the names of loose objects are their ids, and a pack of the same
 * name and size holds the same objects. The same state again means that there is no object that was not there before. It takes
 * a few milliseconds and no git.
 */
export function objectStoreState(objectsDirectory: string): string {
  const hash = createHash('sha256');
  addStore(hash, objectsDirectory, new Set());
  return hash.digest('base64url');
}

function addStore(hash: Hash, directory: string, visited: Set<string>): void {
  // Alternates may name each other in a circle.
  if (visited.has(directory)) return;
  visited.add(directory);
  hash.update(`${directory}\n`);
  for (const { name } of entriesOf(directory)) {
    if (fanOut.test(name)) hash.update(`${name} ${namesIn(join(directory, name)).join(' ')}\n`);
  }
  const packs = join(directory, 'pack');
  for (const name of namesIn(packs)) {
    if (name.endsWith('.pack')) hash.update(`${name} ${sizeOf(join(packs, name))}\n`);
  }
  for (const line of alternatesOf(directory)) addStore(hash, resolve(directory, line), visited);
}

function alternatesOf(directory: string): readonly string[] {
  try {
    const text = readFileSync(join(directory, 'info', 'alternates'), 'utf8');
    return text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
  } catch {
    return [];
  }
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

const namesIn = (directory: string): readonly string[] => entriesOf(directory).map(({ name }) => name);

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Walked {
  readonly directory: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
  /** Names of everything in it. */
  readonly names: readonly string[];
  /** The git directory of a repository whose work tree begins here. */
  readonly gitDirectory?: string;
}

/** What lies below a directory, folder by folder: ignored and hidden files too, no links, and of git's own folders nothing. */
export function* walk(root: string, leaveOut: ReadonlySet<string> = new Set()): Generator<Walked> {
  const waiting = [root];
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    const entries = entriesOf(directory);
    const git = entries.find(({ name }) => name === '.git');
    const files: string[] = [];
    for (const entry of entries) {
      if (entry.isFile()) files.push(entry.name);
      else if (entry.isDirectory() && entry.name !== '.git') {
        const path = join(directory, entry.name);
        if (!leaveOut.has(path)) waiting.push(path);
      }
    }
    yield {
      directory,
      files,
      names: entries.map(({ name }) => name),
      ...(git?.isDirectory() ? { gitDirectory: join(directory, '.git') } : {}),
    };
  }
}

/** A folder that can't be read, or is gone meanwhile, has nothing in it for us. */
function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Examination, Machine } from '../examination.ts';

interface Entry {
  readonly path: string;
  readonly isDirectory: boolean;
  /** The permission bits. */
  readonly mode: number;
}

/** Of loose files that are listed by name. */
const mostShown = 4;
/** Deeper, or more, castkeys never makes. */
const deepest = 3;

export const fileModes: Examination = {
  id: 'file-modes',
  title: 'File modes',
  async measure(machine) {
    if (machine.platform === 'win32') {
      return {
        state: 'skip',
        evidence: 'Windows has no such modes; the profile directory is private as it is',
      };
    }
    const entries = await ownEntries(machine);
    const loose = entries.filter(({ mode }) => (mode & 0o077) !== 0);
    if (entries.length === 0) return { state: 'skip', evidence: 'there are no files yet' };
    if (loose.length === 0) {
      return { state: 'pass', evidence: `${entries.length} files and directories, for this user alone` };
    }
    const more = loose.length > mostShown ? `; and ${loose.length - mostShown} more` : '';
    return {
      state: 'warn',
      evidence: `others may look in: ${loose.slice(0, mostShown).map(listed).join('; ')}${more}`,
      fix: [
        chmod(700, loose.filter(isDirectory)),
        chmod(
          600,
          loose.filter(entry => !isDirectory(entry)),
        ),
      ]
        .filter(Boolean)
        .join(' && '),
    };
  },
};

/** The directories of the install with what is in them, and the passphrase file. */
async function ownEntries({ home, env }: Machine): Promise<readonly Entry[]> {
  const passphraseFile = env['CASTKEYS_PASSPHRASE_FILE'];
  const found = await Promise.all([
    walk(home.config, 0),
    walk(home.state, 0),
    ...(passphraseFile ? [look(passphraseFile)] : []),
  ]);
  return [...new Map(found.flat().map(entry => [entry.path, entry])).values()];
}

async function walk(path: string, depth: number): Promise<readonly Entry[]> {
  const here = await look(path);
  const isOpen = here[0]?.isDirectory && depth < deepest && !(await isLink(path));
  if (!isOpen) return here;
  const names = await readdir(path).catch(() => []);
  const inside = await Promise.all(names.map(name => walk(join(path, name), depth + 1)));
  return [...here, ...inside.flat()];
}

async function look(path: string): Promise<readonly Entry[]> {
  try {
    // A link has no mode of its own: what it leads to counts.
    const status = await stat(path);
    return [{ path, isDirectory: status.isDirectory(), mode: status.mode & 0o777 }];
  } catch {
    return [];
  }
}

const isLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    status => status.isSymbolicLink(),
    () => false,
  );

const isDirectory = (entry: Entry): boolean => entry.isDirectory;

/** As `ls -l` begins a line. */
function listed({ path, isDirectory: directory, mode }: Entry): string {
  const bits = [...'rwxrwxrwx'].map((letter, at) => (mode & (0o400 >> at) ? letter : '-')).join('');
  return `${directory ? 'd' : '-'}${bits} ${path}`;
}

function chmod(mode: number, entries: readonly Entry[]): string {
  return entries.length === 0 ? '' : `chmod ${mode} ${entries.map(({ path }) => quoted(path)).join(' ')}`;
}

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

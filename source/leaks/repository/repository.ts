import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CastkeysError } from '../../errors.ts';
import { askGit, type GitPlace, isMissingProgram } from '../../git/git.ts';
import { gitMissing } from '../git-missing.ts';

/** A git repository on this machine. Paths are absolute. */
export interface Repository {
  /** Where git is asked about it. */
  readonly place: GitPlace;
  /** What all its work trees share. */
  readonly commonDirectory: string;
  /** The root of the work tree that was opened; absent in a bare repository and inside a git directory. */
  readonly workTree?: string;
}

// A path may hold line breaks; what stands between two of them says only true or false.
const answered = /^(.*)\n(true|false)\n(.*)\n(true|false)\n(?:(.+)\n)?$/s;

/**
 * Opens the repository that a directory is in.
 * @returns undefined where it is in none.
 * @throws CastkeysError `git-missing`; `failed` where git refuses to read it.
 */
export async function openRepository(place: GitPlace): Promise<Repository | undefined> {
  const plain = plainRepository(place);
  if (plain) return plain;
  const facts = ['--absolute-git-dir', '--is-bare-repository', '--git-common-dir', '--is-inside-work-tree'];
  const answer = await askGit(['rev-parse', ...facts, '--show-toplevel'], place);
  if (isMissingProgram(answer)) throw gitMissing();
  const [, , isBare, common = '', isInside, workTree] = answered.exec(answer.output) ?? [];
  if (isBare === undefined) {
    if (answer.error.includes('not a git repository')) return undefined;
    throw new CastkeysError(
      'failed',
      `git refuses to read this repository: ${answer.error}. Nothing was looked at.`,
      'castkeys doctor',
    );
  }
  return {
    place,
    commonDirectory: resolve(place.cwd, common),
    ...(isInside === 'true' && workTree !== undefined ? { workTree } : {}),
  };
}

/**
 * The repository whose root a directory is, where that is plain to see: asking git takes a third of a scan that finds nothing
 * new. A `.git` that is a file, a folder further down, and the variables of a hook are left to git.
 */
function plainRepository(place: GitPlace): Repository | undefined {
  if (['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR'].some(name => place.env[name] !== undefined))
    return undefined;
  const root = realPath(place.cwd);
  if (root === undefined) return undefined;
  const inside = join(root, '.git');
  if (isPlainGitDirectory(inside)) return { place, commonDirectory: inside, workTree: root };
  return isPlainGitDirectory(root) ? { place, commonDirectory: root } : undefined;
}

/** Not of a linked work tree, which shares its objects with another. */
const isPlainGitDirectory = (path: string): boolean =>
  isGitDirectory(path) && !namesIn(path).includes('commondir') && namesIn(path).includes('refs');

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** A repository by its git directory, whatever the variables of a hook say. */
function repositoryAt(gitDirectory: string, { env, signal }: GitPlace): Repository {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
  const place = { cwd: gitDirectory, env: { ...own, GIT_DIR: gitDirectory }, ...(signal ? { signal } : {}) };
  return { place, commonDirectory: gitDirectory };
}

/** The repositories inside a repository: of its submodules, checked out or not, and of theirs. */
export function submodulesOf({ commonDirectory, place }: Repository): readonly Repository[] {
  return gitDirectoriesBelow(join(commonDirectory, 'modules')).map(path => repositoryAt(path, place));
}

/** A repository that lies as a directory inside a work tree. */
export const nestedRepository = (gitDirectory: string, { place }: Pick<Repository, 'place'>): Repository =>
  repositoryAt(gitDirectory, place);

function gitDirectoriesBelow(path: string): readonly string[] {
  const names = namesIn(path);
  if (isGitDirectory(path)) return [path, ...gitDirectoriesBelow(join(path, 'modules'))];
  // A submodule's name may have slashes in it.
  return names.flatMap(name => gitDirectoriesBelow(join(path, name)));
}

export function isGitDirectory(path: string): boolean {
  const names = namesIn(path);
  return names.includes('HEAD') && names.includes('objects');
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** The roots of all work trees of a repository that are there. */
export function workTreesOf({ commonDirectory, workTree }: Repository): readonly string[] {
  const main = basename(commonDirectory) === '.git' ? [dirname(commonDirectory)] : [];
  const linked = namesIn(join(commonDirectory, 'worktrees')).flatMap(name => {
    try {
      const gitFile = readFileSync(join(commonDirectory, 'worktrees', name, 'gitdir'), 'utf8');
      return [dirname(gitFile.replace(/\n$/, ''))];
    } catch {
      return [];
    }
  });
  const all = [...(workTree === undefined ? [] : [workTree]), ...main, ...linked];
  return [...new Set(all)].filter(path => statSync(path, { throwIfNoEntry: false })?.isDirectory());
}

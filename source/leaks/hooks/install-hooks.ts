import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { CastkeysError } from '../../errors.ts';
import { askGit, type GitPlace } from '../../git/git.ts';
import { openRepository, type Repository } from '../repository/repository.ts';
import { beforeAnother, type HookName, hookNames, isShellScript, withOurs } from './hook-text.ts';

export interface InstalledHook {
  readonly name: HookName;
  readonly path: string;
  /** What was there: nothing, a script that our lines were put into, or another program that is run after ours. */
  readonly before: 'nothing' | 'script' | 'program';
}

export interface Installed {
  readonly hooks: readonly InstalledHook[];
  /** Whom they serve: this clone, everybody who has the repository, or every repository of this user. */
  readonly scope: 'clone' | 'team' | 'user';
}

/**
 * Puts a look for keys into the pre-commit and pre-push hooks, where git, or husky, has them run. Hooks that are there stay.
 * `program`: how this very castkeys is run.
 * @throws CastkeysError `not-a-repository`, `git-missing`, `failed` where a hook can't be written.
 */
export async function installHooks(place: GitPlace, program: readonly string[]): Promise<Installed> {
  const repository = await openRepository(place);
  if (!repository) {
    throw new CastkeysError(
      'not-a-repository',
      'There is no git repository here to put hooks into. Nothing was changed.',
      'git init, or go to a repository',
    );
  }
  const directory = await hooksDirectory(repository);
  const scope = scopeOf(directory, repository);
  const caller = scope === 'team' ? {} : { fallback: program };
  try {
    mkdirSync(directory, { recursive: true });
    const hooks: InstalledHook[] = [];
    for (const name of hookNames) hooks.push(await installHook(join(directory, name), name, caller));
    return { hooks, scope };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CastkeysError(
      'failed',
      `A hook can't be written: ${reason}. Hooks that are there were left as they are.`,
      'make the directory writable, and run the same command again',
    );
  }
}

/** Where git looks for hooks. Husky has it look into a folder of its own making, and people write theirs beside that. */
async function hooksDirectory({ place, workTree }: Repository): Promise<string> {
  const { output } = await askGit(['rev-parse', '--git-path', 'hooks'], place);
  const directory = resolve(place.cwd, output.replace(/\n$/, ''));
  const isHusky =
    workTree !== undefined && basename(directory) === '_' && basename(dirname(directory)) === '.husky';
  return isHusky ? dirname(directory) : directory;
}

function scopeOf(directory: string, { commonDirectory, workTree }: Repository): Installed['scope'] {
  const isBelow = (path: string) => !relative(path, directory).startsWith('..');
  if (isBelow(commonDirectory)) return 'clone';
  return workTree !== undefined && isBelow(workTree) ? 'team' : 'user';
}

async function installHook(
  path: string,
  name: HookName,
  caller: Parameters<typeof withOurs>[2],
): Promise<InstalledHook> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  const isThere = lstatSync(path, { throwIfNoEntry: false });
  const hook = isThere?.isFile() ? readFileSync(path, 'utf8') : undefined;
  // A link leads to a file that others may use, too.
  const isOther = isThere && (hook === undefined || !isShellScript(hook));
  if (isOther) {
    const kept = `${name}.before-castkeys`;
    if (existsSync(join(dirname(path), kept))) throw new Error(`${kept} is there already`);
    renameSync(path, join(dirname(path), kept));
    await writeFileAtomic(path, beforeAnother(name, caller, kept));
  } else {
    await writeFileAtomic(path, withOurs(hook, name, caller));
  }
  chmodSync(path, 0o755);
  return { name, path, before: isOther ? 'program' : hook ? 'script' : 'nothing' };
}

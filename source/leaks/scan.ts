import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CastkeysError } from '../errors.ts';
import type { GitPlace } from '../git/git.ts';
import { openRepository } from './repository/repository.ts';
import type { ScanRequest, ScanResult } from './scan-request.ts';
import { Scanning } from './scanning.ts';

export type { Progress, ScanRequest, ScanResult, What } from './scan-request.ts';

/**
 * Looks for keys below a path: in files, and in every object of the repository there, of its submodules and of
 * repositories that lie inside.
 * @throws CastkeysError `usage` for a path that isn't there, `not-a-repository` where only history is asked for and there
 * is none, and the keychain's trouble.
 */
export async function scan(request: ScanRequest): Promise<ScanResult> {
  const root = resolve(request.cwd, request.path);
  const kind = kindOf(root);
  const place: GitPlace = { cwd: kind === 'file' ? dirname(root) : root, env: request.env };
  const repository = kind === 'file' ? undefined : await openRepository(place);
  const { what } = request;
  if (!repository && what !== 'everything') throw noRepository();
  const scanning = new Scanning(request);
  if (repository && what === 'staged') await scanning.staged(repository);
  else if (repository && typeof what === 'object') await scanning.pushed(repository, what.push);
  else if (kind === 'file') await scanning.file(root);
  else {
    if (what === 'everything') await scanning.files(root, repository);
    if (repository) await scanning.repositories(repository);
  }
  if (request.userHome !== undefined)
    await scanning.everywhere(request.userHome, what === 'everything' ? root : undefined);
  return scanning.result;
}

function kindOf(path: string): 'file' | 'directory' {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found) return found.isDirectory() ? 'directory' : 'file';
  throw new CastkeysError(
    'usage',
    'There is nothing at that path. Nothing was looked at.',
    'castkeys scan PATH',
  );
}

const noRepository = (): CastkeysError =>
  new CastkeysError(
    'not-a-repository',
    'There is no git repository, so there is no history to look through.',
    'castkeys scan PATH, in a repository; without --history it looks through files alone',
  );

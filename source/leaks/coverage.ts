import { join } from 'node:path';
import type { GitPlace } from '../git/git.ts';
import type { Home } from '../home/home.ts';
import type { Config } from '../profiles/profiles.ts';
import type { Finding } from './finding.ts';
import { ignoredKeys } from './ignored-keys.ts';
import { judgeAll } from './judge.ts';
import { objectStoreState } from './objects/store-state.ts';
import { registerOf } from './registered.ts';
import { type Cursor, readCursor } from './repository/cursor.ts';
import { openRepository, type Repository, submodulesOf } from './repository/repository.ts';

/** How far the history of a repository, and of its submodules, has been looked through, and what was found. */
export type Coverage =
  | { readonly state: 'no-repository' }
  /** Not all of it yet. */
  | { readonly state: 'partial'; readonly findings: readonly Finding[] }
  | {
      readonly state: 'covered';
      /** When; the longest ago of all. ISO 8601. */
      readonly at: string;
      readonly objects: number;
      /** Whether objects came since. */
      readonly hasNew: boolean;
      /** Whether a key was stored since, which nobody looked for by value. */
      readonly hasNewKey: boolean;
      readonly unreadable: number;
      readonly findings: readonly Finding[];
    };

/**
 * What earlier scans came to; reads no object.
 * @throws CastkeysError `git-missing`.
 */
export async function coverageOf(
  place: GitPlace,
  { home, config }: { readonly home: Home; readonly config: Config },
): Promise<Coverage> {
  const repository = await openRepository(place);
  if (!repository) return { state: 'no-repository' };
  const all = [repository, ...submodulesOf(repository)];
  const cursors = all.flatMap(({ commonDirectory }) => readCursor(home, commonDirectory) ?? []);
  const located = cursors.flatMap(cursor => cursor.located);
  const { findings } = judgeAll(located, registerOf(config), ignoredKeys(home, place.cwd).keys);
  const [first, ...others] = cursors.flatMap(({ coveredAt }) => coveredAt ?? []).sort();
  if (first === undefined || others.length + 1 < all.length) return { state: 'partial', findings };
  const wanted = Object.keys(config.credentials);
  return {
    state: 'covered',
    at: first,
    objects: cursors.reduce((sum, { known }) => sum + known, 0),
    hasNew: all.some(one => isNew(one, cursors)),
    hasNewKey: cursors.some(({ searched }) => wanted.some(id => !searched.includes(id))),
    unreadable: cursors.reduce((sum, { unreadable }) => sum + unreadable.length, 0),
    findings,
  };
}

function isNew({ commonDirectory }: Repository, cursors: readonly Cursor[]): boolean {
  const cursor = cursors.find(({ repository }) => repository === commonDirectory);
  return cursor?.state !== objectStoreState(join(commonDirectory, 'objects'));
}

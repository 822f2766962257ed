import { askGit, type GitPlace, gitLines } from '../../git/git.ts';
import type { Sighting } from '../finding.ts';
import { type Bringing, bringingCommits, type Commit, describeCommits } from './commits.ts';
import { pathsOf, type Walk } from './paths.ts';

/** Where an object with a key in it stands. */
export interface Location {
  /** Whether a ref, a stash or HEAD leads to it. */
  readonly reachable: boolean;
  readonly isNote: boolean;
  readonly path?: string;
  /** Those that brought it, newest first. */
  readonly commits: readonly Commit[];
}

/**
 * Finds out where objects stand: what leads to them, under which path, and which commits brought them. Only asked for the
 * few that have a key in them: git walks the whole history for it.
 */
export async function locate(
  place: GitPlace,
  sightings: readonly Pick<Sighting, 'object' | 'type'>[],
): Promise<ReadonlyMap<string, Location>> {
  const wanted = new Set(sightings.map(({ object }) => object));
  if (wanted.size === 0) return new Map();
  const living: Walk = { from: ['--all'], tips: await stashCommits(place) };
  const reached = await pathsOf(place, living, wanted);
  const notes = await pathsOf(place, { from: ['--glob=refs/notes'] }, new Set(reached.keys()));
  const brought = new Map(await bringingCommits(place, living, reached));

  const lost = new Set([...wanted].filter(id => !reached.has(id)));
  const strays = await locateLost(place, living, lost);
  const commits = sightings.filter(({ type }) => type === 'commit').map(({ object }) => object);
  const described = await describeCommits(place, commits);
  return new Map(
    [...wanted].map((id): [string, Location] => {
      const bringing = brought.get(id) ?? strays.brought.get(id);
      const own = described.get(id);
      const path = bringing?.path ?? (reached.get(id) || strays.paths.get(id));
      return [
        id,
        {
          reachable: reached.has(id),
          isNote: notes.has(id),
          ...(path ? { path } : {}),
          commits: own ? [own] : (bringing?.commits ?? []),
        },
      ];
    }),
  );
}

/** What nothing leads to may still stand in a commit or a tree that nothing leads to. */
async function locateLost(place: GitPlace, living: Walk, lost: ReadonlySet<string>) {
  if (lost.size === 0) return { paths: new Map<string, string>(), brought: new Map<string, Bringing>() };
  const { commits, trees } = await containers(place);
  const except = ['--all', ...(living.tips ?? [])];
  const stray: Walk = { from: [], tips: commits, except };
  const inCommits = await pathsOf(place, stray, lost);
  const left = new Set([...lost].filter(id => !inCommits.has(id)));
  const inTrees = await pathsOf(place, { from: [], tips: trees, except }, left);
  return {
    paths: new Map([...inTrees, ...inCommits]),
    brought: await bringingCommits(place, stray, inCommits),
  };
}

/** Every stash, not only the latest: the older ones are in its reflog, and in no ref. */
async function stashCommits(place: GitPlace): Promise<readonly string[]> {
  const { exitCode, output } = await askGit(['rev-list', '--walk-reflogs', 'refs/stash', '--'], place);
  return exitCode === 0 ? output.split('\n').slice(0, -1) : [];
}

/** The ids of everything that can lead to a blob. */
async function containers(place: GitPlace) {
  const commits: string[] = [];
  const trees: string[] = [];
  const listing = [
    '--batch-all-objects',
    '--batch-check=%(objectname) %(objecttype)',
    '--unordered',
    '--buffer',
  ];
  await gitLines(['cat-file', ...listing], place, line => {
    const [id = '', type] = line.split(' ');
    if (type === 'commit' || type === 'tag') commits.push(id);
    else if (type === 'tree') trees.push(id);
  });
  return { commits, trees };
}

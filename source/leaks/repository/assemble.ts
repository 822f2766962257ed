import { askGit } from '../../git/git.ts';
import type { Located, Sighting, Where } from '../finding.ts';
import type { Location } from './locate.ts';
import { type Repository, workTreesOf } from './repository.ts';

/** Says of each key in an object where it lies: one of each object, key and way of writing it. */
export async function assemble(
  repository: Repository,
  sightings: readonly Sighting[],
  locations: ReadonlyMap<string, Location>,
): Promise<readonly Located[]> {
  const loose = sightings.filter(({ object }) => !locations.get(object)?.reachable);
  const staged = loose.some(({ type }) => type === 'blob')
    ? await stagedPaths(repository)
    : new Map<string, string>();
  const located = sightings.map(({ type, name, ...sighting }): Located => {
    const { reachable = false, isNote = false, path, commits = [] } = locations.get(sighting.object) ?? {};
    const inIndex = reachable ? undefined : staged.get(sighting.object);
    const shown = type === 'tree' ? [path, name].filter(Boolean).join('/') : (inIndex ?? path);
    const first = commits.at(-1);
    return {
      ...sighting,
      where: whereOf(type, isNote, inIndex !== undefined),
      ...(shown ? { path: shown } : {}),
      ...(commits.length > 0 ? { commits: commits.map(({ commit }) => commit) } : {}),
      ...(first ? { introduced: first } : {}),
      reachable,
    };
  });
  return onceEach(located);
}

function whereOf(type: Sighting['type'], isNote: boolean, isStaged: boolean): Where {
  if (type === 'tree') return 'path';
  if (type !== 'blob') return type;
  if (isStaged) return 'index';
  return isNote ? 'note' : 'blob';
}

/** A name stays in every tree that is written while it is there: that is one finding, not hundreds. */
function onceEach(located: readonly Located[]): readonly Located[] {
  const once = new Map<string, Located>();
  for (const one of located) {
    const place = one.where === 'path' ? `path ${one.path}` : one.object;
    const key = `${place} ${one.encoding} ${one.content}`;
    if (!once.get(key)?.reachable) once.set(key, one);
  }
  return [...once.values()];
}

/** What is in the index of any work tree: paths by object. */
async function stagedPaths(repository: Repository): Promise<ReadonlyMap<string, string>> {
  const staged = new Map<string, string>();
  const { place } = repository;
  const trees = workTreesOf(repository);
  // With git's own variables set, as in a hook, the index they name is meant.
  const places = trees.length > 0 ? trees.map(cwd => ({ ...place, cwd })) : [place];
  for (const one of places) {
    const { output } = await askGit(['ls-files', '--stage', '-z'], one);
    for (const entry of output.split('\0')) {
      const [, id = '', path = ''] = /^\d+ (\S+) \d\t(.*)$/s.exec(entry) ?? [];
      if (id !== '') staged.set(id, path);
    }
  }
  return staged;
}

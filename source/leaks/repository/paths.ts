import { type GitPlace, gitLines } from '../../git/git.ts';

/** From where git walks. */
export interface Walk {
  /** Options of `rev-list` that name where it begins: `--all`. */
  readonly from: readonly string[];
  /** Ids of more objects to begin at. */
  readonly tips?: readonly string[];
  /** What leads to nothing that is wanted: options and ids. */
  readonly except?: readonly string[];
}

/**
 * Which of the wanted objects a walk comes to, each with the path it stands at; empty for one that has none. A missing
 * object is no obstacle, as in a shallow or partial clone.
 */
export async function pathsOf(
  place: GitPlace,
  walk: Walk,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  return wanted.size > 0 ? walkPaths(place, walk, id => wanted.has(id)) : new Map();
}

/** Every object that a walk comes to, with its path. */
export const everyPathOf = (place: GitPlace, walk: Walk): Promise<ReadonlyMap<string, string>> =>
  walkPaths(place, walk, () => true);

async function walkPaths(
  place: GitPlace,
  { from, tips = [], except = [] }: Walk,
  isWanted: (id: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const args = ['rev-list', '--objects', '--missing=allow-any', '--stdin', ...from, ...notThese(except)];
  await gitLines(
    args,
    place,
    line => {
      const [id = ''] = line.split(' ', 1);
      if (isWanted(id) && !found.has(id)) found.set(id, line.slice(id.length + 1));
    },
    { input: linesOf(tips) },
  );
  return found;
}

export const notThese = (except: readonly string[]): readonly string[] =>
  except.length > 0 ? ['--not', ...except] : [];

export const linesOf = (ids: readonly string[]): string => ids.map(id => `${id}\n`).join('');

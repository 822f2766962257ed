import { askGit, type GitPlace } from '../../git/git.ts';
import type { Located } from '../finding.ts';
import type { Recogniser } from '../known-keys.ts';
import type { ReadObject } from '../objects/batch-reader.ts';
import { searchObjects } from './search-objects.ts';

/** The keys in what the next commit would add or change, and in the names of it. */
export async function scanStaged(
  place: GitPlace,
  recogniser: Recogniser,
  onObject: (object: ReadObject) => void,
): Promise<readonly Located[]> {
  const options = [
    '--cached',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--diff-filter=d',
  ];
  const { output } = await askGit(['diff', ...options], place);
  const staged = [...output.matchAll(/:\d+ (\d+) \S+ (\S+) \w\d*\0([^\0]*)\0/g)].flatMap(
    ([, mode = '', id = '', path = '']) => (mode === '160000' ? [] : [{ id, path }]),
  );
  const sightings = await searchObjects(
    place,
    staged.map(({ id }) => id),
    recogniser,
    onObject,
  );
  const inObjects = sightings.flatMap(({ type: _, name: __, ...sighting }) =>
    staged
      .filter(({ id }) => id === sighting.object)
      .map(
        ({ path }): Located => ({
          ...sighting,
          where: 'index',
          path: recogniser.mask(path),
          reachable: false,
        }),
      ),
  );
  const inNames = staged.flatMap(({ id, path }) =>
    recogniser.search.find(Buffer.from(path)).map(
      ({ value, encoding }): Located => ({
        ...recogniser.recognise(value),
        where: 'path',
        object: id,
        path: recogniser.mask(path),
        encoding,
        reachable: false,
      }),
    ),
  );
  return [...inObjects, ...inNames];
}

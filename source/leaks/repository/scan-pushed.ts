import { askGit, type GitPlace } from '../../git/git.ts';
import type { Located } from '../finding.ts';
import type { Recogniser } from '../known-keys.ts';
import type { ReadObject } from '../objects/batch-reader.ts';
import { assemble } from './assemble.ts';
import { bringingCommits, describeCommits } from './commits.ts';
import { everyPathOf, type Walk } from './paths.ts';
import type { Repository } from './repository.ts';
import { searchObjects } from './search-objects.ts';

/** What git tells a pre-push hook: which refs go where. */
export interface Push {
  /** A remote's name, or an address. */
  readonly remote: string;
  /** Lines of `<local ref> <local id> <remote ref> <remote id>`. */
  readonly refs: string;
}

/** The keys in objects that a push would send, as far as the remote doesn't have them already, and in the names of refs. */
export async function scanPushed(
  repository: Repository,
  { remote, refs }: Push,
  recogniser: Recogniser,
  onObject: (object: ReadObject) => void,
): Promise<readonly Located[]> {
  const { place } = repository;
  const lines = refs.split('\n').map(line => line.split(' '));
  const isThere = (id: string) => /[^0]/.test(id);
  const tips = lines.map(([, local = '']) => local).filter(isThere);
  const inNames = lines.flatMap(([, local = '', name = '']) =>
    isThere(local)
      ? recogniser.search.find(Buffer.from(name)).map(
          ({ value, encoding }): Located => ({
            ...recogniser.recognise(value),
            where: 'ref',
            path: recogniser.mask(name),
            encoding,
            reachable: true,
          }),
        )
      : [],
  );
  if (tips.length === 0) return inNames;
  const theirs = await known(place, lines.map(([, , , remoteId = '']) => remoteId).filter(isThere));
  const walk: Walk = { from: [], tips, except: [...theirs, `--remotes=${globbed(remote)}`] };
  const paths = await everyPathOf(place, walk);
  const sightings = await searchObjects(place, [...paths.keys()], recogniser, onObject);
  const hits = new Map(sightings.map(({ object }) => [object, paths.get(object) ?? '']));
  const brought = await bringingCommits(place, walk, hits);
  const commits = await describeCommits(
    place,
    sightings.filter(({ type }) => type === 'commit').map(({ object }) => object),
  );
  const locations = new Map(
    [...hits].map(([id, path]) => {
      const own = commits.get(id);
      const { commits: bringing = [], path: exact = path } = brought.get(id) ?? {};
      const shown = exact === '' ? {} : { path: recogniser.mask(exact) };
      return [id, { reachable: true, isNote: false, commits: own ? [own] : bringing, ...shown }];
    }),
  );
  return [...inNames, ...(await assemble(repository, sightings, locations))];
}

/** Those of these commits that are here: what a remote has may never have been fetched. */
async function known(place: GitPlace, ids: readonly string[]): Promise<readonly string[]> {
  const answer = await askGit(['cat-file', '--batch-check=%(objectname)'], place, `${ids.join('\n')}\n`);
  return answer.output.split('\n').filter(line => /^[0-9a-f]+$/.test(line));
}

/** An address matches no remote's refs; a name is taken as it is. */
const globbed = (remote: string): string => remote.replace(/[\\*?[]/g, '\\$&');

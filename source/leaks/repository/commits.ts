import { type GitPlace, gitLines } from '../../git/git.ts';
import { printable } from '../../printable.ts';
import { linesOf, notThese, type Walk } from './paths.ts';

/** A commit that has to do with a key. */
export interface Commit {
  readonly commit: string;
  readonly author: string;
  /** ISO 8601, of the author. */
  readonly at: string;
}

/** An object as a commit brought it. */
export interface Bringing {
  readonly path: string;
  /** Newest first. */
  readonly commits: readonly Commit[];
}

const format = '--format=%x01%H%x02%an%x02%aI';

/**
 * The commits on a walk that brought these objects, merges only for what none of their parents had. Limited to the paths
 * that are known of them, and where that finds nothing, to none.
 */
export async function bringingCommits(
  place: GitPlace,
  walk: Walk,
  objects: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Bringing>> {
  const found = new Map<string, Bringing>();
  const all = [...objects];
  for (let at = 0; at < all.length; at += mostAtOnce) {
    const some = all.slice(at, at + mostAtOnce);
    const ids = some.map(([id]) => id);
    const near = await searchLog(
      place,
      walk,
      ids,
      some.map(([, path]) => path),
    );
    const others = ids.filter(id => !near.has(id));
    const far = await searchLog(place, walk, others, []);
    for (const [id, bringing] of [...near, ...far]) found.set(id, bringing);
  }
  return found;
}

/** Each is an argument, and of those there is a limit. */
const mostAtOnce = 500;

async function searchLog(
  place: GitPlace,
  { from, tips = [], except = [] }: Walk,
  ids: readonly string[],
  paths: readonly string[],
): Promise<ReadonlyMap<string, Bringing>> {
  const found = new Map<string, { path: string; commits: Commit[] }>();
  if (ids.length === 0) return found;
  const wanted = new Set(ids);
  let commit: Commit | undefined;
  let touched: string | undefined;
  // Through standard input: a path may hold the key itself, and arguments are for everybody to read.
  const limits = paths.filter(path => path !== '').map(path => `:(top,literal)${path}`);
  const args = [
    ...[
      '-c',
      'log.showRoot=true',
      'log',
      '-c',
      '-t',
      '--raw',
      '-z',
      '--no-abbrev',
      '--no-renames',
      '--no-ext-diff',
    ],
    ...[format, '--stdin', ...ids.map(id => `--find-object=${id}`), ...from, ...notThese(except)],
  ];
  await gitLines(
    args,
    place,
    piece => {
      const header = piece.lastIndexOf('\x01');
      if (header >= 0) commit = readCommit(piece.slice(header + 1));
      const raw = /:+[0-7]{6} .*$/s.exec(piece)?.[0];
      if (raw !== undefined) {
        // Mode and id of each side, then the status: what came of it stands last. A commit that took it away brought nothing.
        const brought = raw.split(' ').at(-2) ?? '';
        touched = wanted.has(brought) ? brought : undefined;
        return;
      }
      if (touched === undefined || !commit) return;
      const known = found.get(touched) ?? { path: piece, commits: [] };
      if (known.commits.at(-1)?.commit !== commit.commit) known.commits.push(commit);
      found.set(touched, known);
      touched = undefined;
    },
    { input: `${linesOf(tips)}${limits.length > 0 ? `--\n${linesOf(limits)}` : ''}`, end: '\0' },
  );
  return found;
}

function readCommit(text: string): Commit {
  const [commit = '', author = '', rest = ''] = text.split('\x02');
  return { commit, author: printable(author, 80), at: utc(rest.split('\n')[0] ?? '') };
}

/** What these commits are. */
export async function describeCommits(
  place: GitPlace,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Commit>> {
  const found = new Map<string, Commit>();
  if (ids.length === 0) return found;
  const args = ['log', '--no-walk=unsorted', '--stdin', '-z', format];
  await gitLines(
    args,
    place,
    piece => {
      const commit = readCommit(piece.slice(piece.indexOf('\x01') + 1));
      found.set(commit.commit, commit);
    },
    { input: linesOf(ids), end: '\0' },
  );
  return found;
}

/** As castkeys writes times; what git can't make one of is left out of the way. */
function utc(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : new Date(at).toISOString();
}

/** A repository with a key in every place that one can get into, each key another one. */
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Workshop, workshop, workshopAt } from './git.ts';
import { keyOf, nearMisses, writings } from './keys.ts';

export interface Plant {
  /** Which place; also the seed of its key. */
  readonly name: string;
  readonly key: string;
  readonly where: string;
  readonly reachable: boolean;
  readonly encoding: string;
  readonly path?: string;
}

export interface Planted {
  readonly repository: Workshop;
  readonly plants: readonly Plant[];
}

type Expected = Partial<Omit<Plant, 'name' | 'key'>>;

/** Makes it in a directory that is empty. */
export function plantEverywhere(directory: string): Planted {
  const plants: Plant[] = [];
  const plant = (name: string, expected: Expected = {}): string => {
    const key = keyOf(name);
    plants.push({ name, key, where: 'blob', reachable: true, encoding: 'plain', ...expected });
    return key;
  };
  const main = workshop(`${directory}/main`);
  main.commit({ 'readme.md': 'nothing to see\n', '.gitignore': '.env\n' }, 'begin');
  plantWritings(main, plant);
  plantMisses(main);
  plantHistory(main, plant);
  // So far everything is packed, and what follows is loose.
  main.git('repack', '-a', '-d', '--quiet');
  plantLost(main, plant);
  plantNames(main, plant);
  plantElsewhere(directory, main, plant);
  plantFiles(main, directory, plant);
  return { repository: main, plants };
}

type PlantOne = (name: string, expected?: Expected) => string;

/** In history and nowhere else: committed, and taken away again. */
function onlyInHistory(main: Workshop, name: string, content: string | Buffer): void {
  main.commit({ [name]: content }, `add ${name.length}`);
  main.git('rm', '--quiet', '--', name);
  main.git('commit', '--quiet', '-m', 'remove');
}

function plantWritings(main: Workshop, plant: PlantOne): void {
  for (const [encoding, how, write] of writings) {
    const path = `written/${encoding}/${how}`;
    onlyInHistory(main, path, write(plant(`${encoding}, ${how}`, { encoding, path })));
  }
  const zipped = gzipSync(`a\nb\nKEY=${plant('gzip', { encoding: 'gzip', path: 'logs/old.gz' })}\n`);
  onlyInHistory(main, 'logs/old.gz', Buffer.concat([Buffer.from('in front'), zipped]));
  const large = Buffer.alloc(6_000_000, 'a line of a large file\n');
  // Across the borders of whatever it is read in, too: one key every 7 bytes further on.
  for (let at = 0; at < 9; at += 1) {
    large.write(`\n${plant(`large ${at}`, { path: 'large.log' })}\n`, 524_288 * (at + 1) - 8192 + 37 * at);
  }
  onlyInHistory(main, 'large.log', large);
  const noise = Buffer.concat([
    randomBytes(5_000_000),
    gzipSync(`${plant('gzip in a large file', { encoding: 'gzip', path: 'large.bin' })}`),
    randomBytes(100_000),
  ]);
  onlyInHistory(main, 'large.bin', noise);
}

/** What is nearly a key, in each way of writing it: not to be found. */
function plantMisses(main: Workshop): void {
  const misses = writings.flatMap(([, how, write], at) =>
    nearMisses(keyOf('miss')).map((miss, which) => [`near/${at}-${which}-${how}`, write(miss)] as const),
  );
  const [first = '', second = '', third = ''] = nearMisses(keyOf('missed'));
  main.commit(Object.fromEntries(misses), `say ${first}\n\nand ${second}`);
  main.commit({ [`near/${first}`]: 'x', [`near/${second}`]: 'y', [`near/${third}`]: 'z' });
  main.git('tag', '-a', '-m', `not ${third}`, 'near-miss');
  main.git('branch', `near/${second}`);
}

function plantHistory(main: Workshop, plant: PlantOne): void {
  main.commit({}, `a message with ${plant('commit message', { where: 'commit' })}`);
  main.git('tag', '-a', '-m', `a tag with ${plant('tag message', { where: 'tag', path: 'v1' })}`, 'v1');
  main.git('notes', 'add', '-m', `a note with ${plant('note', { where: 'note' })}`);
  main.git('checkout', '--quiet', '-b', 'side');
  main.commit({ side: 'side' });
  main.git('checkout', '--quiet', 'main');
  main.commit({ mine: 'mine' });
  main.git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
  main.write('evil', plant('evil merge', { path: 'evil' }));
  main.git('add', 'evil');
  main.git('commit', '--quiet', '-m', 'merge');
  main.git('rm', '--quiet', 'evil');
  main.git('commit', '--quiet', '-m', 'remove');
  main.commit({ 'a\nb': plant('a path with a line break', { path: 'a\nb' }) });
  main.git('rm', '--quiet', 'a\nb');
  main.git('commit', '--quiet', '-m', 'remove');
  const remote = main.commit({ theirs: plant('remote-tracking ref', { path: 'theirs' }) });
  main.git('reset', '--quiet', '--hard', 'HEAD~1');
  main.git('update-ref', 'refs/remotes/origin/theirs', remote);
  const tagged = main.feed(plant('blob that a ref names'), 'hash-object', '-w', '--stdin');
  main.git('update-ref', 'refs/tags/blob', tagged);
}

function plantLost(main: Workshop, plant: PlantOne): void {
  const lost = { reachable: false };
  main.commit({ am: plant('amended commit', { ...lost, path: 'am' }) });
  main.write('am', 'no more\n');
  main.git('commit', '--quiet', '--all', '--amend', '-m', 'amended');
  main.commit({ undone: plant('commit that was reset', { ...lost, path: 'undone' }) });
  main.git('reset', '--quiet', '--hard', 'HEAD~1');
  for (const name of ['stash', 'older stash', 'dropped stash']) {
    main.write('mine', plant(name, { path: 'mine', reachable: name !== 'dropped stash' }));
    main.git('stash', '--quiet');
  }
  main.git('stash', 'drop', '--quiet');
  main.write('new', plant('untracked file in a stash', { path: 'new' }));
  main.git('stash', '--quiet', '--include-untracked');
  main.feed(plant('blob that was never in a commit', lost), 'hash-object', '-w', '--stdin');
  const blob = main.feed(
    plant('dangling tree', { ...lost, path: 'deep/in' }),
    'hash-object',
    '-w',
    '--stdin',
  );
  const inner = main.feed(`100644 blob ${blob}\tin\n`, 'mktree');
  main.feed(`040000 tree ${inner}\tdeep\n`, 'mktree');
  const tree = main.git('write-tree');
  main.git('commit-tree', tree, '-m', `nobody's ${plant('dangling commit', { ...lost, where: 'commit' })}`);
  const head = main.git('rev-parse', 'HEAD');
  const tag = `object ${head}\ntype commit\ntag gone\ntagger a <a@x.example> 1700000000 +0000\n\n${plant('dangling tag', { ...lost, where: 'tag' })}\n`;
  main.feed(tag, 'hash-object', '-w', '-t', 'tag', '--stdin');
}

function plantNames(main: Workshop, plant: PlantOne): void {
  main.git(
    'branch',
    `for/${plant('branch name', { where: 'ref', path: 'refs/heads/for/castai_v1_********' })}`,
  );
  const named = { where: 'path', path: 'dir/castai_v1_********.txt' };
  onlyInHistory(main, `dir/${plant('file name', named)}.txt`, 'x');
  onlyInHistory(main, `${plant('folder name', { where: 'path', path: 'castai_v1_********' })}/x`, 'x');
}

function plantElsewhere(directory: string, main: Workshop, plant: PlantOne): void {
  const module = workshop(`${directory}/module`);
  module.commit({ secret: plant('submodule', { path: 'secret' }) });
  module.git('rm', '--quiet', 'secret');
  module.git('commit', '--quiet', '-m', 'remove');
  main.git('submodule', '--quiet', 'add', `${directory}/module`, 'lib/module');
  main.git('commit', '--quiet', '-m', 'submodule');
  const other = workshop(`${directory}/other`);
  other.commit({ shared: plant('alternate', { path: 'shared', reachable: false }) });
  main.write('.git/objects/info/alternates', `${directory}/other/.git/objects\n`);
  main.git('worktree', 'add', '--quiet', '--detach', `${directory}/linked`);
  const linked = workshopAt(`${directory}/linked`);
  linked.commit({ there: plant('HEAD of another work tree', { path: 'there' }) });
  linked.git('rm', '--quiet', 'there');
  linked.git('commit', '--quiet', '-m', 'remove');
  linked.write(
    'untracked',
    plant('another work tree', { where: 'worktree', path: `${directory}/linked/untracked` }),
  );
  const nested = workshop(`${main.path}/vendor/nested`);
  nested.commit({ inside: plant('nested repository', { path: 'inside' }) });
  nested.git('rm', '--quiet', 'inside');
  nested.git('commit', '--quiet', '-m', 'remove');
}

function plantFiles(main: Workshop, directory: string, plant: PlantOne): void {
  const file = { where: 'worktree' };
  main.write('.env', plant('ignored file', { ...file, path: '.env' }));
  main.write('notes/todo', plant('untracked file', { ...file, path: 'notes/todo' }));
  main.write(
    'notes/old.gz',
    gzipSync(plant('compressed file', { ...file, encoding: 'gzip', path: 'notes/old.gz' })),
  );
  main.write(
    `notes/${plant('name of a file that is there', { where: 'path', path: 'notes/castai_v1_********' })}`,
    '',
  );
  main.write('config', plant('staged file', { where: 'index', path: 'config', reachable: false }));
  main.git('add', 'config');
  // In the index alone.
  main.write('config', '');
  main.write('added', plant('file that was added and unstaged', { reachable: false }));
  main.git('add', 'added');
  main.git('rm', '--quiet', '--cached', 'added');
  main.write('added', '');
  main.git(
    'config',
    'remote.origin.url',
    `https://x:${plant('address of a remote', { where: 'file', path: '.git/config' })}@git.example/a`,
  );
  void directory;
}

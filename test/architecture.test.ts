/** Who may import whom, and what may be used where: the house rules that a type checker doesn't know. */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, sourceFiles } from './support/import-graph.ts';

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const within = imports.filter(({ to }) => /\.(ts|tsx|cts)$/.test(to));

/** The folder a file belongs to; each front end is a folder of its own, and so is each file outside any. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'frontends' ? `frontends/${second}` : first;
}

/**
 * The storeys, from the ground up: a room uses its own storey's neighbours only where `neighbours` says so, and whatever
 * is below. A room that is named nowhere is a feature.
 */
const storeys: readonly { readonly rooms: readonly string[]; readonly neighbours: boolean }[] = [
  { rooms: ['errors.ts', 'printable.ts', 'home', 'interruption.ts', 'globals.d.ts'], neighbours: true },
  { rooms: ['castai', 'keychain', 'profiles'], neighbours: true },
  { rooms: [], neighbours: true },
  { rooms: ['flow'], neighbours: false },
  { rooms: ['flows'], neighbours: false },
  { rooms: ['frontends/choose.ts', 'frontends/colour.ts', 'frontends/locale.ts'], neighbours: true },
  { rooms: ['frontends/ink', 'frontends/linear', 'frontends/scripted'], neighbours: false },
  { rooms: ['commands'], neighbours: false },
  {
    rooms: [
      'cli.ts',
      'index.ts',
      'quick.ts',
      'compiled.ts',
      'early.ts',
      'castkeys.cts',
      'standard-streams.ts',
      'global-process.ts',
    ],
    neighbours: true,
  },
];
const features = 2;

function storeyOf(room: string): number {
  const named = storeys.findIndex(({ rooms }) => rooms.includes(room));
  return named < 0 ? features : named;
}

describe('the rooms of the house', () => {
  it('look down, never up', () => {
    const upwards = within.filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(to)];
      if (here === there) return false;
      const [own, other] = [storeyOf(here), storeyOf(there)];
      return own === other ? !storeys[own]?.neighbours : other > own;
    });
    expect(upwards.map(inWords)).toEqual([]);
  });

  it('keep stories and screens apart: they meet in the commands', () => {
    const met = within.filter(({ from, to }) => from.startsWith('frontends/') && roomOf(to) === 'flows');
    expect(met.map(inWords)).toEqual([]);
  });

  it('leave the language of wizards to itself', () => {
    const needed = imports.filter(({ from, to }) => roomOf(from) === 'flow' && roomOf(to) !== 'flow');
    expect(needed.map(inWords)).toEqual([]);
  });

  it('never need each other in a circle', () => {
    const needs = new Map<string, Set<string>>();
    for (const { from, to } of within) {
      if (roomOf(from) === roomOf(to)) continue;
      needs.set(roomOf(from), (needs.get(roomOf(from)) ?? new Set()).add(roomOf(to)));
    }
    expect(circlesIn(needs)).toEqual([]);
  });

  it('are entered by their face, but where a reason is given', () => {
    const inside = within.filter(({ from, to }) => roomOf(from) !== roomOf(to) && !isFace(to));
    const unexplained = inside.filter(({ from, to }) => !exceptions.some(allows(from, to)));
    expect(unexplained.map(inWords)).toEqual([]);
    const unused = exceptions.filter(
      exception => !inside.some(({ from, to }) => allows(from, to)(exception)),
    );
    expect(unused.map(({ to, by }) => `${to} by ${by}`)).toEqual([]);
  });
});

/** A room's face is the file named like it; each story is its own, and so is each file outside any room. */
function isFace(path: string): boolean {
  const room = roomOf(path);
  if (path === room || /^flows\/[^/]+\.ts$/.test(path)) return true;
  const folder = room === 'flows' ? posix.dirname(path) : room;
  return path.replace(/\.tsx?$/, '') === `${folder}/${posix.basename(folder)}`;
}

interface Exception {
  readonly to: string;
  /** Who may: a file, or what its path begins with. */
  readonly by: string;
  readonly because: string;
}

const exceptions: readonly Exception[] = [
  {
    to: 'keychain/secret.ts',
    by: '',
    because: 'a secret is a word of the whole house, and needs no keychain',
  },
  { to: 'keychain/open-keychain.ts', by: 'install/', because: 'loads an adapter only when a key is needed' },
  {
    to: 'keychain/open-keychain.ts',
    by: 'commands/command.ts',
    because: 'a type: the child that was started early',
  },
  {
    to: 'keychain/open-keychain.ts',
    by: 'commands/doctor/',
    because: 'opens stores that the settings do not name',
  },
  { to: 'keychain/open-keychain.ts', by: 'cli.ts', because: 'a type: the child that was started early' },
  {
    to: 'keychain/memory-keychain.ts',
    by: 'commands/demo/',
    because: 'the demo never opens the real keychain',
  },
  {
    to: 'keychain/memory-keychain.ts',
    by: 'variables/',
    because: 'keys from variables are put nowhere',
  },
  { to: 'keychain/os/keychain-child.ts', by: 'early.ts', because: 'started before the program is loaded' },
  { to: 'profiles/registry.ts', by: 'early.ts', because: 'read before the program is loaded' },
  { to: 'castai/key-shape.ts', by: 'cli.ts', because: 'hides keys in errors without loading the client' },
  { to: 'castai/key-shape.ts', by: 'commands/parse-call.ts', because: 'so does every command line' },
  { to: 'castai/key-shape.ts', by: 'leaks/', because: 'a scan needs the shape of a key and no client' },
  { to: 'castai/key-shape.ts', by: 'audit/', because: 'run has to start quickly' },
  { to: 'castai/key-shape.ts', by: 'commands/run/', because: 'run has to start quickly' },
  { to: 'castai/key-shape.ts', by: 'masking/', because: 'masks output without loading the client' },
  {
    to: 'castai/key-shape.ts',
    by: 'frontends/scripted/',
    because: 'refuses keys in answers without the client',
  },
  { to: 'castai/regions.ts', by: 'commands/role-option.ts', because: 'run has to start quickly' },
  {
    to: 'commands/command.ts',
    by: 'cli.ts',
    because: 'the commands have no face: the table of verbs is one',
  },
  { to: 'commands/command.ts', by: 'standard-streams.ts', because: 'a type: the streams of a call' },
  { to: 'commands/verbs.ts', by: 'cli.ts', because: 'the table of verbs' },
  { to: 'commands/parse-call.ts', by: 'cli.ts', because: 'the words behind a verb' },
  { to: 'commands/help.ts', by: 'cli.ts', because: 'loaded when it is asked for' },
  {
    to: 'commands/profile-table.ts',
    by: 'quick.ts',
    because: 'the list that has to be as quick as a prompt',
  },
  { to: 'frontends/linear/ask-passphrase.ts', by: 'commands/session.ts', because: 'one question, no wizard' },
];

const allows =
  (from: string, to: string) =>
  (exception: Exception): boolean =>
    exception.to === to && from.startsWith(exception.by);

const inWords = ({ from, to }: { readonly from: string; readonly to: string }) => `${from} imports ${to}`;

/** The circles one gets into by going from need to need. */
function circlesIn(needs: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const circles: string[] = [];
  const settled = new Set<string>();
  const visit = (room: string, way: readonly string[]): void => {
    if (way.includes(room)) circles.push([...way.slice(way.indexOf(room)), room].join(' -> '));
    if (settled.has(room) || way.includes(room)) return;
    for (const next of needs.get(room) ?? []) visit(next, [...way, room]);
    settled.add(room);
  };
  for (const room of needs.keys()) visit(room, []);
  return circles;
}

describe('the library', () => {
  it('needs no screen, no command and no wizard, however deep one looks', () => {
    const needed = new Set(['index.ts']);
    for (const file of needed) {
      for (const { to } of imports.filter(({ from }) => from === file)) needed.add(to);
    }
    expect(
      [...needed].filter(path => /^(ink|react|@inquirer)|^(frontends|flows?|commands)\//.test(path)),
    ).toEqual([]);
    expect([...needed]).toEqual(expect.arrayContaining(['castai/client.ts', 'checklist/checklist.ts']));
  });
});

describe('a package', () => {
  it.each([
    [/^(ink|react)(\/|$)/, /^frontends\/ink\//],
    [/^@inquirer\//, /^frontends\/linear\//],
    [/^(keytar|age-encryption)$/, /^keychain\//],
    [/^conf$/, /^profiles\/registry\.ts$/],
    [/^node:sqlite$/, /^home\/lock\.ts$/],
    [/^node:https?$|^undici$/, /^(practice|broker|webhooks)\//],
  ])('%s is used only in %s', (name, where) => {
    const elsewhere = imports.filter(({ from, to }) => name.test(to) && !where.test(from));
    expect(elsewhere.map(inWords)).toEqual([]);
  });

  it('is needed for everything that is said of it above', () => {
    for (const name of ['ink', 'react', 'keytar', 'age-encryption', 'conf', 'node:sqlite', 'node:http']) {
      expect(imports.map(({ to }) => to)).toContain(name);
    }
  });
});

describe('only', () => {
  const using = (what: RegExp) => files.filter(({ bare }) => what.test(bare)).map(({ path }) => path);

  it('the client talks HTTP to Cast AI; the practice server looks for itself and calls webhooks', () => {
    const callers = using(/(?<![.\w])fetch\(|globalThis\.fetch\(|\?\? fetch\b/);
    expect(callers.filter(path => !/^(castai|practice)\//.test(path))).toEqual([]);
    expect(callers).toContain('castai/connection.ts');
  });

  it('the command line and the bin end the process', () => {
    expect(using(/process\.exit\b(?!Code)/).toSorted()).toEqual(['castkeys.cts', 'cli.ts']);
  });
});

describe('a file', () => {
  it('has at most 200 lines', () => {
    const long = files.filter(({ text }) => text.trimEnd().split('\n').length > 200);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('has no any, and silences the linter only with a reason, the type checker never', () => {
    const anything = /(?::|\bas|<|\||,|=>)\s*any\b(?!\s*\()|\bany\[\]/;
    expect(files.filter(({ bare }) => anything.test(bare)).map(({ path }) => path)).toEqual([]);
    const silencer = /@ts-(ignore|expect-error|nocheck)|eslint-disable|biome-ignore (?!\S+: \w+ \w+)/;
    expect(files.filter(({ text }) => silencer.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('does no work when it is imported, but where the program begins', () => {
    const starters = ['castkeys.cts', 'keychain/os/os-keychain-child.cts'];
    const working = files.filter(
      ({ bare, path }) => !starters.includes(path) && /^(?:await|void) |^\w[\w.]*\(/m.test(bare),
    );
    expect(working.map(({ path }) => path)).toEqual([]);
  });
});

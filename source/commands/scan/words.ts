import { styleText } from 'node:util';
import type { Finding, Judged, ScanResult } from '../../leaks/leaks.ts';
import { printable } from '../../printable.ts';
import { wrap } from '../wrap.ts';
import { amount, duration, size } from './amounts.ts';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const widest = 110;
/** Places of one key that are listed; `--json` has all. */
const mostPlaces = 8;

/** The findings for a person: a block for each key, with where it lies, since when, by whom, and what to do. */
export function reportWords(
  { findings, ignored }: Judged,
  result: ScanResult,
  ms: number,
  stream: NodeJS.WriteStream,
): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream });
  const width = Math.min(stream.columns ?? widest, widest);
  const keys = Map.groupBy(findings, ({ content }) => content);
  return [
    ...headline(findings.length, keys.size, result, paint),
    ...[...keys.values()].flatMap(places => ['', ...keyBlock(places, width, paint)]),
    ...closing(findings, width, paint),
    '',
    ...(ignored.length > 0
      ? [paint('dim', `${amount(ignored.length, 'place')} left out, as .castkeys.json says.`)]
      : []),
    ...wrap(scannedWords(result, ms), width).map(line => paint('dim', line)),
    '',
  ].join('\n');
}

function headline(
  places: number,
  keys: number,
  { isInterrupted, unreadable }: ScanResult,
  paint: Paint,
): readonly string[] {
  // Only who looked through everything may say that there is none.
  if (places === 0 && (isInterrupted || unreadable.length > 0))
    return [paint('yellow', '○ No key was found so far.')];
  if (places === 0) return [paint('green', '✓ No key was found.')];
  return [paint(['bold', 'red'], `${amount(keys, 'key')} in ${amount(places, 'place')}`)];
}

function keyBlock(places: readonly Finding[], width: number, paint: Paint): readonly string[] {
  const [first] = places;
  if (!first) return [];
  const danger = isDangerous(first);
  const mark = danger ? paint('red', '✗') : paint('dim', '–');
  const rows = places.slice(0, mostPlaces).map(place => ({ place, ...placeWords(place) }));
  const pathWidth = Math.min(Math.max(...rows.map(({ path }) => path.length)), Math.max(24, width - 60));
  return [
    ...heading(first, mark, width, paint),
    ...rows.flatMap(({ path, facts }) => {
      const room = width - pathWidth - 8;
      if (path.length > pathWidth || room < 24) {
        return [`      ${path}`, ...wrap(facts, width - 8).map(line => paint('dim', `        ${line}`))];
      }
      const [beside = '', ...below] = wrap(facts, room);
      const indent = ' '.repeat(pathWidth + 8);
      return [
        `      ${path.padEnd(pathWidth)}  ${paint('dim', beside)}`,
        ...below.map(line => paint('dim', `${indent}${line}`)),
      ];
    }),
    ...(places.length > mostPlaces
      ? [paint('dim', `      and ${amount(places.length - mostPlaces, 'more place')}: castkeys scan --json`)]
      : []),
    ...nextSteps(places).flatMap(next =>
      wrap(next, width - 8).map((line, at) => `    ${at === 0 ? '→' : ' '} ${paint('cyan', line)}`),
    ),
  ];
}

/** The key, whose it is, and what names it in the ignore list; beside each other where they fit. */
function heading(first: Finding, mark: string, width: number, paint: Paint): readonly string[] {
  const { preview } = first;
  const content = canBeSilenced(first) ? first.content : '';
  const [beside = '', ...below] = wrap(keyWords(first), width - preview.length - 6);
  const fits = below.length === 0 && preview.length + beside.length + content.length + 8 <= width;
  const indent = ' '.repeat(preview.length + 6);
  return [
    `  ${mark} ${paint('bold', preview)}  ${beside}${fits && content ? `  ${paint('dim', content)}` : ''}`,
    ...below.map(line => `${indent}${line}`),
    ...(fits ? [] : [paint('dim', `${indent}${content}`)]),
  ];
}

/** Revoking comes before tidying up. */
const nextSteps = (places: readonly Finding[]): readonly string[] =>
  [...new Set(places.map(({ next }) => next))].toSorted(
    (one, other) => Number(other.includes('--emergency')) - Number(one.includes('--emergency')),
  );

/** Whose it is, and how it stands with it. */
export function keyWords({ kind, profile, role, retiredAt, gone, live }: Finding): string {
  const works = { works: 'it works', dead: 'it works no more', unknown: 'whether it works is not known' };
  const whose =
    kind === 'pattern' ? 'a key that castkeys does not know' : [profile, role].filter(Boolean).join(' ');
  const state = gone
    ? 'revoked'
    : retiredAt
      ? `retired ${retiredAt.slice(0, 10)}`
      : kind === 'own-key'
        ? 'in use'
        : '';
  return [whose || 'your key', state, live ? works[live] : ''].filter(Boolean).join(', ');
}

/** Where it lies, in one line. */
export function placeInWords(finding: Finding): string {
  const { path, facts } = placeWords(finding);
  return `${path}  ${facts}`;
}

function placeWords(finding: Finding): { readonly path: string; readonly facts: string } {
  const { where, object, path, line, introduced, commits = [], reachable, encoding, repository } = finding;
  const inside = repository === undefined ? '' : `${repository}: `;
  const shown = printable(path ?? object?.slice(0, 12) ?? '', 120);
  const others = commits.length > 1 ? ` and ${amount(commits.length - 1, 'other commit')}` : '';
  return {
    path: `${printable(inside)}${where === 'tag' ? 'tag ' : ''}${shown}${line === undefined ? '' : `:${line}`}`,
    facts: [
      placeNames[where],
      ...(introduced
        ? [`${introduced.commit.slice(0, 7)}${others}, ${introduced.author}, ${introduced.at.slice(0, 10)}`]
        : []),
      ...(reachable || where === 'index' ? [] : ['nothing leads to it']),
      ...(encoding === 'plain' ? [] : [encoding]),
    ].join(' · '),
  };
}

const placeNames: Readonly<Record<Finding['where'], string>> = {
  blob: 'history',
  commit: 'commit message',
  tag: 'tag message',
  note: 'note',
  ref: 'name of a ref',
  path: 'name of a file',
  worktree: 'work tree',
  index: 'staged',
  file: 'file',
};

const canBeSilenced = ({ kind, retiredAt }: Finding): boolean =>
  kind === 'pattern' || retiredAt !== undefined;

/** A key that nothing opens with any more is only litter. */
const isDangerous = ({ gone, live }: Finding): boolean => !gone && live !== 'dead';

/** What rewriting history cures, and what it doesn't: said where somebody is about to try. */
function closing(findings: readonly Finding[], width: number, paint: Paint): readonly string[] {
  const isInHistory = findings.some(
    finding => isDangerous(finding) && !['worktree', 'index', 'file'].includes(finding.where),
  );
  const advice = [
    ...(findings.some(canBeSilenced)
      ? [
          'An example, or revoked? castkeys scan --ignore KEY --reason WHY, with what stands behind the key as KEY.',
        ]
      : []),
    ...(isInHistory ? history : []),
  ];
  if (advice.length === 0) return [];
  return ['', ...advice.flatMap(text => wrap(text, width)).map(line => paint('dim', line))];
}

const history = [
  'First rotate: a key in history is known to whoever has a copy, and a rotated one opens nothing.',
  'Rewriting history (git filter-repo) then tidies up your repository and the server’s refs. It does not reach clones, forks, caches of pull requests and CI, backups, or objects that nothing leads to until git gc prunes them.',
];

function scannedWords(result: ScanResult, ms: number): string {
  const { objects, skipped, files, bytes, unreadable, hasHistory, isInterrupted } = result;
  const looked = [
    ...(hasHistory
      ? [`${amount(objects, 'object')}${skipped > 0 ? ` (and ${amount(skipped, 'known one')})` : ''}`]
      : []),
    ...(files > 0 ? [amount(files, 'file')] : []),
    size(bytes),
    duration(ms),
  ].join(' · ');
  return [
    `Looked through ${looked}.`,
    ...(unreadable.length > 0
      ? [`git could not give ${amount(unreadable.length, 'object')}, which proves nothing of them: git fsck.`]
      : []),
    ...(hasHistory ? [] : ['There is no git history here.']),
    ...(isInterrupted ? ['It was interrupted: the next scan goes on from here.'] : []),
  ].join(' ');
}

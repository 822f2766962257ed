import { relative } from 'node:path';
import type { PlaintextKey, Surroundings } from '../plaintext/plaintext.ts';
import { printable } from '../printable.ts';

/** Where something lies, as a person says it: `.env:3 (CASTAI_API_KEY)`, `~/.bashrc`. */
export function placeWords(
  where: PlaintextKey | string,
  { cwd, userHome }: Pick<Surroundings, 'cwd' | 'userHome'>,
): string {
  if (typeof where === 'string') return shortPath(where, cwd, userHome);
  const { name } = where;
  if (where.place === 'variable') return `$${printable(name, 60)}`;
  const called = name === '' ? '' : ` (${printable(name, 60)})`;
  return `${shortPath(where.file.path, cwd, userHome)}:${where.line}${called}`;
}

function shortPath(path: string, cwd: string, userHome: string): string {
  const here = relative(cwd, path);
  if (!here.startsWith('..')) return printable(here, 80);
  const home = relative(userHome, path);
  return printable(home.startsWith('..') ? path : `~/${home}`, 80);
}

/** What the kernel tells of other processes, as a curious program of the same user sees it. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { formsOf } from '../../support/canary.ts';

export interface SeenProcess {
  readonly pid: number;
  readonly args: string;
}

/** Every process below this one. */
export function processesBelow(pid: number): readonly SeenProcess[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter(one => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one);
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).map(one => ({ pid: one, args: argsOf(one) }));
}

const argsOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');

const pageBytes = 4096;

/** Whether a process has a text anywhere in its memory, in any encoding. Reads every page that there is. */
export function memoryHolding(pid: number, secret: string): boolean {
  const forms = formsOf(secret);
  const [memory, pages] = [openSync(`/proc/${pid}/mem`, 'r'), openSync(`/proc/${pid}/pagemap`, 'r')];
  try {
    return readable(pid)
      .flatMap(area => present(pages, area))
      .some(({ from, to }) => {
        const bytes = readAt(memory, from, to - from);
        return forms.some(form => bytes.includes(form));
      });
  } finally {
    closeSync(memory);
    closeSync(pages);
  }
}

interface Area {
  readonly from: number;
  readonly to: number;
}

function readable(pid: number): readonly Area[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap(line => {
      const [, from = '', to = '', mode = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      // The kernel's own page can't be read, and holds nothing of anybody's.
      if (!mode.startsWith('r') || /\[(vvar|vsyscall)/.test(line)) return [];
      return [{ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) }];
    });
}

/** The runs of pages in an area that were ever touched: a program reserves gigabytes that it never uses. */
function present(pages: number, { from, to }: Area): readonly Area[] {
  const entries = readAt(pages, (from / pageBytes) * 8, ((to - from) / pageBytes) * 8);
  const runs: { from: number; to: number }[] = [];
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    // In memory, or swapped out.
    if (((entries[at + 7] ?? 0) & 0xc0) === 0) continue;
    const page = from + (at / 8) * pageBytes;
    const last = runs.at(-1);
    if (last?.to === page) last.to = page + pageBytes;
    else runs.push({ from: page, to: page + pageBytes });
  }
  return runs;
}

/** What can be read there; pages that vanish while they are read are nobody's. */
function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, length, position));
  } catch {
    return Buffer.alloc(0);
  }
}

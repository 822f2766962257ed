import { join, relative, sep } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Located } from '../finding.ts';
import type { Recogniser } from '../known-keys.ts';
import { FileSearch } from './search-file.ts';
import { walk } from './walk.ts';

export interface FilesScan {
  readonly root: string;
  /** Folders below it that others look through. */
  readonly leaveOut?: ReadonlySet<string>;
  readonly where: 'worktree' | 'file';
  /** What paths are shown from; absent: they are shown whole. */
  readonly shownFrom?: string;
  readonly recogniser: Recogniser;
  readonly onFile: (bytes: number) => void;
  readonly signal: AbortSignal;
}

export interface FilesResult {
  readonly located: readonly Located[];
  /** Git directories of repositories that lie in there. */
  readonly nested: readonly string[];
}

/** Between two chances for a signal to be heard, in ms. */
const turnEvery = 50;

/** Looks through all files below a directory, ignored, hidden and binary ones too, and their names. */
export async function scanFiles(scan: FilesScan): Promise<FilesResult> {
  const located: Located[] = [];
  const nested: string[] = [];
  const finder = new FileFinder(scan);
  let turned = performance.now();
  for (const { directory, files, names, gitDirectory } of walk(scan.root, scan.leaveOut)) {
    if (gitDirectory !== undefined) nested.push(gitDirectory);
    located.push(...finder.inNames(directory, names));
    for (const name of files) {
      located.push(...(await finder.inFile(join(directory, name))));
      if (performance.now() - turned < turnEvery) continue;
      await turn();
      turned = performance.now();
      if (scan.signal.aborted) return { located, nested };
    }
  }
  return { located, nested };
}

/** The keys in one file, shown as {@link scanFiles} does. */
export const scanFile = (scan: FilesScan): Promise<readonly Located[]> =>
  new FileFinder(scan).inFile(scan.root);

class FileFinder {
  readonly #scan: FilesScan;
  readonly #search: FileSearch;

  constructor(scan: FilesScan) {
    this.#scan = scan;
    this.#search = new FileSearch(scan.recogniser.search);
  }

  async inFile(path: string): Promise<readonly Located[]> {
    const { recogniser, where, onFile } = this.#scan;
    const found = await this.#search.find(path);
    if (!found) return [];
    onFile(found.bytes);
    const located = found.sightings.map(
      ({ value, encoding, line }): Located => ({
        ...recogniser.recognise(value),
        where,
        path: this.#shown(path),
        encoding,
        ...(line === undefined ? {} : { line }),
        reachable: true,
      }),
    );
    return onceEach(located);
  }

  inNames(directory: string, names: readonly string[]): readonly Located[] {
    const { recogniser } = this.#scan;
    return recogniser.search.find(Buffer.from(names.join('\n'))).map(({ value, encoding, at }): Located => {
      const before = Buffer.from(names.join('\n')).subarray(0, at).toString().split('\n').length - 1;
      return {
        ...recogniser.recognise(value),
        where: 'path',
        path: this.#shown(join(directory, names[before] ?? '')),
        encoding,
        reachable: true,
      };
    });
  }

  #shown(path: string): string {
    const { shownFrom, recogniser } = this.#scan;
    const shown = shownFrom === undefined ? path : relative(shownFrom, path).split(sep).join('/');
    return recogniser.mask(shown);
  }
}

/** The same key, written the same way, once a file: where it stands first. */
function onceEach(located: readonly Located[]): readonly Located[] {
  const once = new Map<string, Located>();
  for (const one of located) {
    const key = `${one.encoding} ${one.content}`;
    if (!once.has(key)) once.set(key, one);
  }
  return [...once.values()];
}

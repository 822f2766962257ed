import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { askGit } from '../../git/git.ts';
import { FileSearch } from '../files/search-file.ts';
import { walk } from '../files/walk.ts';
import type { Located } from '../finding.ts';
import type { Recogniser } from '../known-keys.ts';
import type { Repository } from './repository.ts';

/** What a git directory holds besides objects: refs, reflogs, settings with addresses in them, hooks, unsent messages. */
function* surroundingFiles(commonDirectory: string): Generator<string> {
  const others = new Set([join(commonDirectory, 'objects'), join(commonDirectory, 'modules')]);
  for (const { directory, files } of walk(commonDirectory, others)) {
    for (const name of files) yield join(directory, name);
  }
}

/** In a few letters, which refs and settings there are; the same again means that nothing changed. */
export function surroundingsState({ commonDirectory }: Repository): string {
  const hash = createHash('sha256');
  for (const path of surroundingFiles(commonDirectory)) {
    const { size = 0, mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('base64url');
}

/** The keys in names of refs, and in the files of the git directory. */
export async function searchSurroundings(
  { place, commonDirectory }: Repository,
  recogniser: Recogniser,
): Promise<readonly Located[]> {
  const { output } = await askGit(['for-each-ref', '--format=%(refname)'], place);
  const inRefs = output
    .split('\n')
    .filter(name => name !== '')
    .flatMap(name =>
      recogniser.search.find(Buffer.from(name)).map(
        ({ value, encoding }): Located => ({
          ...recogniser.recognise(value),
          where: 'ref',
          path: recogniser.mask(name),
          encoding,
          reachable: true,
        }),
      ),
    );
  const files = new FileSearch(recogniser.search);
  const inFiles: Located[] = [];
  for (const path of surroundingFiles(commonDirectory)) {
    // The index is looked through where its objects are; a ref is the same in a file and by its name.
    if (/[\\/]index$/.test(path)) continue;
    for (const { value, at: _, ...sighting } of (await files.find(path))?.sightings ?? []) {
      const shown = join('.git', relative(commonDirectory, path));
      const found = recogniser.recognise(value);
      if (shown.includes('packed-refs') && inRefs.some(({ content }) => content === found.content)) continue;
      inFiles.push({ ...found, ...sighting, where: 'file', path: recogniser.mask(shown), reachable: true });
    }
  }
  return [...inRefs, ...inFiles];
}

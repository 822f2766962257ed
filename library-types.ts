/**
 * The types of the library, for who installs it: what `tsc` makes of source/index.ts and of what it needs, and nothing else.
 * Valibot's types come along, because the answers of the API are described in them, and nobody has to install it.
 */
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';

const specifier = /(\bfrom '|\bimport\(")([^'"]+)(['"])/g;

/** Writes the declarations below a directory; the entry is `index.d.ts`. */
export async function writeTypes(directory: string): Promise<void> {
  const all = await mkdtemp(join(tmpdir(), 'castkeys-types-'));
  try {
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.library.json', '--outDir', all], {
      stdio: 'inherit',
    });
    const waiting = ['index.d.ts'];
    const written = new Set<string>();
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (written.has(file)) continue;
      written.add(file);
      const { text, needs } = packaged(await readFile(join(all, file), 'utf8'), file);
      await mkdir(dirname(join(directory, file)), { recursive: true });
      await writeFile(join(directory, file), text);
      waiting.push(...needs);
    }
    await copyFile('node_modules/valibot/dist/index.d.mts', join(directory, 'valibot.d.ts'));
  } finally {
    await rm(all, { recursive: true, force: true });
  }
}

const tsc = 'node_modules/typescript/bin/tsc';

/** A declaration file as it is packaged, and those beside it that it needs. */
function packaged(text: string, file: string): { readonly text: string; readonly needs: readonly string[] } {
  const needs: string[] = [];
  // What the comments show is not what the file needs.
  const replaced = text.replaceAll(specifier, (whole, before: string, name: string, after: string) => {
    if (name.startsWith('.')) {
      needs.push(posix.join(posix.dirname(file), name.replace(/\.tsx?$/, '.d.ts')));
      return `${before}${name.replace(/\.tsx?$/, '.js')}${after}`;
    }
    if (name === 'valibot') return `${before}${toRoot(file)}valibot.js${after}`;
    if (name.startsWith('node:') || name === 'castkeys') return whole;
    throw new Error(`${file} needs the types of ${name}, which nobody who installs castkeys has`);
  });
  return { text: replaced, needs };
}

const toRoot = (file: string): string => {
  const path = relative(posix.dirname(file), '.').replaceAll('\\', '/');
  return path === '' ? './' : `${path}/`;
};

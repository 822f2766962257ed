import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../source/', import.meta.url));

export interface SourceFile {
  /** From `source/` on, with slashes. */
  readonly path: string;
  readonly text: string;
  /** The text without its comments. */
  readonly code: string;
  /** The code without what is written in quotes. */
  readonly bare: string;
}

/** One file that names another, or a package, however it does: `import`, `export … from`, `import()`, `require()`. */
export interface Import {
  readonly from: string;
  /** A path from `source/` on, or the name of a package or built-in. */
  readonly to: string;
}

// A quotation mark inside brackets is one of a regular expression.
const quoted = /(?<!\[[^\]\n]*)(?:`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/gs;

/** Every file of the program. */
export function sourceFiles(): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /\.(ts|tsx|cts)$/.test(path))
    .map(path => {
      const text = readFileSync(join(root, path), 'utf8');
      const code = text.replace(/\/\*.*?\*\//gs, '').replace(/(^|\s)\/\/.*$/gm, '');
      return { path, text, code, bare: code.replace(quoted, "''") };
    });
}

const forms = [
  /\b(?:import|export)\b[^;'"()]*?\bfrom\s*'([^']+)'/g,
  /\bimport\s*'([^']+)'/g,
  /\b(?:import|require)\(\s*'([^']+)'\s*\)/g,
];

export function importsOf({ path, code }: SourceFile): readonly Import[] {
  return forms
    .flatMap(form => [...code.matchAll(form)])
    .flatMap(([, specifier = '']) => {
      if (!specifier.startsWith('.')) return [{ from: path, to: specifier }];
      // What a build will have made of another file; the file itself is named beside it, for its types.
      if (/\.c?js$/.test(specifier)) return [];
      return [{ from: path, to: posix.join(dirname(path).replaceAll('\\', '/'), specifier) }];
    });
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface Bundle extends AsyncDisposable {
  /** The program, to be run with node. */
  readonly program: string;
}

/** Makes a program of a TypeScript file as the real build does; node alone can't read TSX. */
export async function bundle(entry: string): Promise<Bundle> {
  const directory = await mkdtemp(join(tmpdir(), 'castkeys-bundle-'));
  await build({
    entryPoints: { program: entry },
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    jsx: 'automatic',
    minifySyntax: true,
    minifyWhitespace: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    // Ink loads it only with DEV=true, and only where it is installed.
    external: ['react-devtools-core'],
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url),__filename=import.meta.filename;",
    },
    logLevel: 'error',
  });
  return {
    program: join(directory, 'program.mjs'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

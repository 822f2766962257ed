/** Builds dist/: small CommonJS entries that start at once, and the program as split ES modules. */
import { chmod, readFile, rm } from 'node:fs/promises';
import { type BuildOptions, build } from 'esbuild';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  outdir: 'dist',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"', CASTKEYS_VERSION: JSON.stringify(version) },
  // Native: it brings its own binaries and stays an installed package.
  external: ['keytar'],
};

const commonJs: BuildOptions = { ...common, format: 'cjs', outExtension: { '.js': '.cjs' } };

await rm('dist', { recursive: true, force: true });

// The bin must parse on any Node, to say which one it needs.
await build({
  ...commonJs,
  entryPoints: { castkeys: 'source/castkeys.cts' },
  target: 'node12',
  supported: { 'dynamic-import': true },
  external: ['./quick.cjs', './cli.js'],
});

await build({
  ...commonJs,
  entryPoints: { quick: 'source/quick.ts', 'keychain-child': 'source/keychain/os/os-keychain-child.cts' },
});

await build({
  ...common,
  entryPoints: { cli: 'source/cli.ts' },
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  jsx: 'automatic',
  external: [...(common.external ?? []), ...(process.env['X'] ? ['*/ink/ink.tsx'] : [])],
  // What bundled CommonJS takes for granted, and an ES module has to be given.
  banner: {
    js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url),__filename=import.meta.filename;",
  },
});

await chmod('dist/castkeys.cjs', 0o755);

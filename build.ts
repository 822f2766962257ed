/**
 * Builds dist/ (or the directory named): small CommonJS entries that start at once, and the program as
 * split ES modules. A build takes the place of the one before in one step, so that nothing runs half of it.
 */
import { chmod, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { writeTypes } from './library-types.ts';

const target = resolve(process.argv[2] ?? 'dist');
const outdir = await mkdtemp(join(dirname(target), '.build-'));
const { version } = JSON.parse(await readFile('package.json', 'utf8'));

/** A line of a library that costs time before the first frame, and what stands for it in the build. */
interface Quicker {
  readonly in: RegExp;
  readonly instead: readonly (readonly [said: string, ours: string])[];
  /** What the new lines need. */
  readonly uses?: string;
}

const graphemes = JSON.stringify(resolve('source/frontends/ink/graphemes.ts'));
const segmenterOfOurs: Omit<Quicker, 'in'> = {
  instead: [["new Intl.Segmenter(undefined, {granularity: 'grapheme'})", 'new GraphemeSegmenter()']],
  uses: `import { GraphemeSegmenter } from ${graphemes};`,
};

const quicker: readonly Quicker[] = [
  // Yoga has its WASM inside itself as a data: URL, and asks `fetch` for it where there is one. That loads
  // undici, 20 ms; without `fetch` it decodes the same bytes at once.
  { in: /yoga-wasm-base64-esm\.js$/, instead: [['typeof fetch', '"undefined"']] },
  {
    in: /string-width\/index\.js$/,
    instead: [
      ['new Intl.Segmenter()', 'new GraphemeSegmenter()'],
      ['/^\\p{RGI_Emoji}$/v', 'rgiEmoji'],
      ['/^[\\u0020-\\u007E]*$/', 'oneColumnEach'],
    ],
    uses: `import { GraphemeSegmenter, oneColumnEach, rgiEmoji } from ${graphemes};`,
  },
  // Most of a frame is what the frame before was: what its texts were parted into is kept, instead of made anew.
  {
    in: /ink\/build\/output\.js$/,
    instead: [['caches = new OutputCaches();', 'caches = keptCaches();']],
    uses: `let kept; const keptCaches = () => {
      if (!kept || kept.styledChars.size > 5000) kept = new OutputCaches();
      return kept;
    };`,
  },
  {
    in: /ink\/build\/squash-text-nodes\.js$/,
    instead: [
      [
        "text = sanitizeAnsi(text.replaceAll('\\r\\n', '\\n'));",
        "if (tidied.has(text)) return tidied.get(text); const untidied = text; text = sanitizeAnsi(text.replaceAll('\\r\\n', '\\n'));",
      ],
      [
        'return text;\n};\nexport default',
        "if (!text.includes('\\t')) { if (tidied.size > 5000) tidied.clear(); tidied.set(untidied, text); } return text;\n};\nexport default",
      ],
    ],
    uses: 'const tidied = new Map();',
  },
  // It asserts that it was handed a function; node's own assert is 4 ms of modules.
  {
    in: /signal-exit\/index\.js$/,
    instead: [["require('assert')", '{ equal: () => {} }']],
  },
  {
    ...segmenterOfOurs,
    in: /wrap-ansi\/index\.js$/,
    instead: [['new Intl.Segmenter()', 'new GraphemeSegmenter()']],
  },
  { ...segmenterOfOurs, in: /slice-ansi\/tokenize-ansi\.js$/ },
  {
    ...segmenterOfOurs,
    in: /ansi-tokenize\/build\/tokenize\.js$/,
    instead: [['new Intl.Segmenter(undefined, { granularity: "grapheme" })', 'new GraphemeSegmenter()']],
  },
  {
    ...segmenterOfOurs,
    in: /ink\/build\/line-update\.js$/,
    instead: [["new Intl.Segmenter(undefined, { granularity: 'grapheme' })", 'new GraphemeSegmenter()']],
  },
];

/** Says so where a library has changed, instead of building without. */
const quickerLibraries: Plugin = {
  name: 'quicker-libraries',
  setup({ onLoad }) {
    for (const { in: filter, instead, uses = '' } of quicker) {
      onLoad({ filter }, async ({ path }) => {
        let contents = await readFile(path, 'utf8');
        for (const [said, ours] of instead) {
          if (!contents.includes(said)) throw new Error(`${path} no longer says ${said}`);
          contents = contents.replaceAll(said, ours);
        }
        return { contents: `${uses}\n${contents}`, loader: 'js' };
      });
    }
  },
};

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  outdir,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"', CASTKEYS_VERSION: JSON.stringify(version) },
  // keytar is native: it brings its own binaries and stays an installed package. Ink asks for its developer tools
  // only where DEV is set, and then it may miss them.
  external: ['keytar', 'react-devtools-core'],
  alias: { 'node:process': './source/global-process.ts' },
};

const commonJs: BuildOptions = {
  ...common,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // What looks beside itself is told where to look when it is bundled so.
  logOverride: { 'empty-import-meta': 'silent' },
};

// The bin must parse on any Node, to say which one it needs.
await build({
  ...commonJs,
  entryPoints: { castkeys: 'source/castkeys.cts' },
  target: 'node12',
  supported: { 'dynamic-import': true },
  external: ['./quick.cjs', './early.cjs', './cli.js'],
});

await build({
  ...commonJs,
  entryPoints: {
    quick: 'source/quick.ts',
    early: 'source/early.ts',
    'keychain-child': 'source/keychain/os/os-keychain-child.cts',
  },
});

await build({
  ...common,
  entryPoints: { cli: 'source/cli.ts' },
  format: 'esm',
  splitting: true,
  plugins: [quickerLibraries],
  chunkNames: 'chunks/[name]-[hash]',
  jsx: 'automatic',
});

// The library is loaded without the bin, so it brings what CommonJS libraries inside it take for granted.
await build({
  ...common,
  entryPoints: { index: 'source/index.ts' },
  format: 'esm',
  splitting: true,
  chunkNames: 'library/[name]-[hash]',
  banner: {
    js: "import{createRequire as castkeysRequire}from'node:module';const require=castkeysRequire(import.meta.url);",
  },
});
await writeTypes(join(outdir, 'types'));

await chmod(join(outdir, 'castkeys.cjs'), 0o755);
await chmod(outdir, 0o755);
await rm(target, { recursive: true, force: true });
await rename(outdir, target);

#!/usr/bin/env node
/**
 * The bin. CommonJS, and syntax that every Node can parse, so that an old one is told what is missing.
 * What has to be quick never loads an ES module: that costs a fifth of a bare node's start.
 */

/** `engines` of package.json: the first release of each line that will do; the last line is open upwards. */
const needed = [
  [22, 22, 2],
  [24, 15, 0],
  [26, 0, 0],
];

function isSupported(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major > 26) return true;
  return needed.some(
    ([line = 0, atLeastMinor = 0, atLeastPatch = 0]) =>
      major === line && (minor > atLeastMinor || (minor === atLeastMinor && patch >= atLeastPatch)),
  );
}

/** What CommonJS libraries inside the ES modules take for granted. As a banner of each module it would cost each its time. */
Object.assign(globalThis, { require, __filename });

function start(words: readonly string[]): void {
  if (!isSupported(process.versions.node)) {
    process.stderr.write(
      `castkeys needs Node 22.22.2, 24.15.0, 26 or newer; this is ${process.versions.node}. Nothing was done.\n`,
    );
    process.exitCode = 1;
    return;
  }
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-v')) {
    print(`${CASTKEYS_VERSION}\n`);
    return;
  }
  const isRun = words[0] === 'run' && words.includes('--');
  const child = isRun ? startChildEarly() : undefined;
  const quick: typeof import('./quick.ts') = require('./quick.cjs');
  const answer = isRun ? undefined : quick.quickAnswer(words, process.env);
  if (answer !== undefined) {
    print(answer);
    return;
  }
  quick.keepCompiled(process.env);
  const cli: Promise<typeof import('./cli.ts')> = import('./cli.js');
  cli.then(({ main }) => main(words, child));
}

/** Setting up `process.stdout` takes 1.4 ms, so it is only asked where writing straight to it won't do. */
function print(text: string): void {
  const { writeSync }: typeof import('node:fs') = require('node:fs');
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch {
    // Where somebody's `| head` closed the pipe there is nobody left to tell; anything else is a failure.
    process.stdout.on('error', error => process.exit('code' in error && error.code === 'EPIPE' ? 0 : 1));
    process.stdout.write(rest);
  }
}

function startChildEarly() {
  const early: typeof import('./early.ts') = require('./early.cjs');
  return early.startChildEarly(process.env, `${__dirname}/keychain-child.cjs`);
}

start(process.argv.slice(2));

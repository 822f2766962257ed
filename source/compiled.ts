import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { findHome } from './home/home.ts';

/**
 * Has node keep the program as it compiled it, which takes a tenth off the next start of a screen. In a directory that nobody
 * else can write to, because what lies there is run; and only in an install that is there already, so that a look at
 * the help leaves nothing behind. Never throws: without it all works as well.
 */
export function keepCompiled(env: NodeJS.ProcessEnv): void {
  const { config, state } = findHome(env);
  const directory = join(state, 'compiled');
  try {
    if (!existsSync(config)) return;
    const umask = process.umask(0o077);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (isOurs(directory)) module.enableCompileCache(directory);
    process.umask(umask);
    // It is written when the process ends, with whatever modes the umask leaves.
    process.once('exit', () => process.umask(0o077));
  } catch {
    // A home that can't be written to is told of by whoever has something to write there.
  }
}

function isOurs(directory: string): boolean {
  const status = lstatSync(directory);
  if (!status.isDirectory()) return false;
  return process.platform === 'win32' || (status.uid === process.getuid?.() && (status.mode & 0o077) === 0);
}

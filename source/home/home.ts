/** Where castkeys keeps its files, and how it writes them: atomically, privately, one writer at a time. */
import { join } from 'node:path';
import envPaths from 'env-paths';

export { ensurePrivateDirectory, syncDirectory, unwritable, writeBytes, writeJson } from './durable.ts';
export { type Lock, openLock, withLock } from './lock.ts';

/** The two directories of an install. */
export interface Home {
  /** Profiles and settings; the encrypted file where there is no keychain. */
  readonly config: string;
  /** Journals, locks, the practice organization, what was agreed to. */
  readonly state: string;
}

/**
 * Finds the home of an install: `CASTKEYS_HOME` holds both directories in one place; else the
 * platform's own (XDG on Linux).
 */
export function findHome(env: NodeJS.ProcessEnv): Home {
  const moved = env['CASTKEYS_HOME'];
  if (moved) return { config: moved, state: join(moved, 'state') };
  const paths = envPaths('castkeys', { suffix: '' });
  return { config: paths.config, state: process.platform === 'linux' ? paths.log : paths.data };
}

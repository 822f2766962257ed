import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Home } from '../../source/home/home.ts';

export interface TemporaryDirectory extends Disposable {
  readonly path: string;
  /** A path inside. */
  readonly at: (...names: readonly string[]) => string;
}

/** A directory of its own for a test; gone with everything in it when it is disposed of. */
export function temporaryDirectory(): TemporaryDirectory {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'castkeys-test-')));
  return {
    path,
    at: (...names) => join(path, ...names),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A home in one directory, as CASTKEYS_HOME makes it. */
export const homeIn = (directory: string): Home => ({ config: directory, state: join(directory, 'state') });

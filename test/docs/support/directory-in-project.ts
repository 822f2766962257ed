import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TemporaryDirectory } from '../../support/temporary.ts';

/** A directory below the project's own packages, so that what is run there finds them; gone when it is disposed of. */
export function directoryInProject(): TemporaryDirectory {
  const parent = resolve('node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, 'castkeys-example-'));
  return {
    path,
    at: (...names) => join(path, ...names),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

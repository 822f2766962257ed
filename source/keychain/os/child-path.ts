import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the child's script is, seen from this module: as source beside it; built, beside or above the chunk it is in. */
export function findChildScript(): string {
  if (import.meta.url.endsWith('.ts')) return fromHere('./os-keychain-child.cts');
  const built = fromHere('./keychain-child.cjs');
  return existsSync(built) ? built : fromHere('../keychain-child.cjs');
}

function fromHere(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

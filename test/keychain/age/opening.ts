import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { type AgeFileOptions, ageFileKeychain } from '../../../source/keychain/age/age-file.ts';
import { Secret } from '../../../source/keychain/secret.ts';

export const entry = { kind: 'credential', id: 'one' } as const;
export const another = { kind: 'credential', id: 'two' } as const;
export const value = new Secret('a value');
export let root: string;
export let directory: string;
export let identity: string;
export let data: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'castkeys-age-'));
  directory = join(root, 'config');
  identity = join(directory, 'identity.age');
  data = join(directory, 'keys.age');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

/** The encrypted file in this test's directory. */
export function open(options: Partial<AgeFileOptions> = {}) {
  const passphrase = async () => new Secret('correct horse');
  return ageFileKeychain({ installId: 'install', directory, passphrase, workFactor: 4, ...options });
}

/** Everything in the directory: to see that nothing was changed. */
export async function contents(): Promise<Record<string, string>> {
  const names = await readdir(directory);
  return Object.fromEntries(
    await Promise.all(
      names.sort().map(async name => [name, await readFile(join(directory, name), 'latin1')]),
    ),
  );
}

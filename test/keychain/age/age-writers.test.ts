import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ageFileKeychain } from '../../../source/keychain/age/age-file.ts';
import { Secret } from '../../../source/keychain/secret.ts';

const writer = new URL('./writer.ts', import.meta.url).pathname;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'castkeys-age-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Lets a process write until it confirmed so many entries, kills it on the spot, and names all it confirmed. */
async function writeAndKill(name: string, entries: number): Promise<readonly string[]> {
  const process = spawn(globalThis.process.execPath, [writer, directory, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const confirmed: string[] = [];
  createInterface(process.stdout).on('line', id => {
    confirmed.push(id);
    if (confirmed.length >= entries) process.kill('SIGKILL');
  });
  await once(process, 'close');
  return confirmed;
}

it('processes that make the file and write to it at once, and are killed, lose nothing they confirmed', async () => {
  const confirmed = (
    await Promise.all(['ada', 'bob', 'cay'].map((name, index) => writeAndKill(name, 4 + index)))
  ).flat();
  expect(confirmed.length).toBeGreaterThanOrEqual(15);
  const keychain = ageFileKeychain({
    installId: 'install',
    directory,
    passphrase: async () => new Secret('correct horse'),
  });
  for (const id of confirmed) {
    expect(await keychain.read({ kind: 'credential', id })).toEqual({
      state: 'value',
      secret: new Secret(`value of ${id}`),
    });
  }
});

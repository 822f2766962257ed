import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { storeCredential } from '../../source/credentials/credentials.ts';
import { cleanUp } from '../../source/flows/clean-up.ts';
import type { Install } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { type Line, playing } from '../flow/support/front-end.ts';
import { someKey } from '../plaintext/keys.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

const reader = someKey();
let directory: TemporaryDirectory;
let install: Install;
let entries: Map<string, Secret>;
beforeEach(async () => {
  directory = temporaryDirectory();
  entries = new Map();
  install = installIn(directory.at('home'), memoryKeychain({ entries }));
  await install.update(config => ({
    ...config,
    profiles: { staging: aProfile({ environment: 'staging' }) },
  }));
  await storeCredential(install, {
    place: { kind: 'slot', profile: 'staging', role: 'reader' },
    secret: new Secret(reader),
    origin: 'https://api.cast.ai',
  });
  return () => directory[Symbol.dispose]();
});

const clean = (lines: readonly Line[], env: Record<string, string> = {}) =>
  playing(
    () =>
      cleanUp({
        install,
        surroundings: {
          cwd: directory.path,
          userHome: directory.at('user'),
          env: { PATH: process.env['PATH'], ...env },
        },
      }),
    lines,
  );
const lay = (name: string, content: string) => writeFileSync(directory.at(name), content);
const laid = (name: string) => readFileSync(directory.at(name), 'utf8');

describe('cleaning up', () => {
  it('puts a reference where one can be read, and takes the line out elsewhere', async () => {
    lay('.env', `CASTAI_API_KEY=${reader}\n`);
    lay('.envrc', `use nix\nexport CASTAI_API_KEY=${reader}\n`);
    const { outcome } = await clean(['reference']);
    expect(outcome).toEqual({ type: 'finished', value: { cleaned: 2, left: 0 } });
    expect(laid('.env')).toBe('CASTAI_API_KEY=castkeys://staging/reader\n');
    expect(laid('.envrc')).toBe('use nix\n');
  });

  it('leaves a key that the keychain does not have, and says so', async () => {
    const other = someKey();
    lay('.env', `CASTAI_API_KEY=${other}\n`);
    const { outcome, told } = await clean([]);
    expect(outcome).toEqual({ type: 'finished', value: { cleaned: 0, left: 1 } });
    expect(told.join('\n')).not.toContain('asked');
    expect(laid('.env')).toContain(other);
  });

  it('leaves a key whose entry somebody removed from the keychain: the file has the only copy', async () => {
    lay('.env', `CASTAI_API_KEY=${reader}\n`);
    for (const account of entries.keys()) if (account.includes('/credential/')) entries.delete(account);
    const { outcome } = await clean([]);
    expect(outcome).toMatchObject({ value: { cleaned: 0, left: 1 } });
    expect(laid('.env')).toContain(reader);
  });

  it('puts every file back where one of them can not be written any more', async () => {
    lay('.env', `CASTAI_API_KEY=${reader}\n`);
    lay('.env.local', `CASTAI_API_KEY=${reader}\n`);
    const { outcome } = await clean([
      () => {
        lay('.env.local', 'something else\n');
        return { type: 'answer', raw: 'remove' };
      },
    ]);
    expect(outcome).toMatchObject({ type: 'failed', error: { code: 'file-changed' } });
    expect(laid('.env')).toBe(`CASTAI_API_KEY=${reader}\n`);
    expect(laid('.env.local')).toBe('something else\n');
  });

  it('says of an exported key that only the shell can forget it', async () => {
    const { events } = await clean([], { CASTAI_API_KEY: reader });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'noted', text: expect.stringContaining('unset CASTAI_API_KEY') }),
    );
  });

  it('never says a value', async () => {
    lay('.env', `CASTAI_API_KEY=${reader}\nURL=https://x:${someKey()}@host\n`);
    const { events } = await clean(['remove'], { FOO: someKey() });
    expect(JSON.stringify(events)).not.toMatch(/castai_v1_[0-9a-f]{8}/);
  });
});

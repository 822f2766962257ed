import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { readEnvFile } from '../../../source/commands/run/env-file.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

describe('an --env-file', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    return () => directory[Symbol.dispose]();
  });
  const read = (content: string) => {
    writeFileSync(directory.at('.env'), content);
    return readEnvFile(
      directory.at('.env'),
      async (profile, role) => new Secret(`the ${role} key of ${profile}`),
    );
  };

  it('gives its variables, and keys where it refers to them', async () => {
    expect(
      await read(
        'A=1\nEMPTY=\nR=castkeys://staging/reader\nW="castkeys://my-prod.2/writer"\r\nURL=https://castkeys://x/y\n',
      ),
    ).toEqual({
      A: '1',
      EMPTY: '',
      R: 'the reader key of staging',
      W: 'the writer key of my-prod.2',
      URL: 'https://castkeys://x/y',
    });
  });

  it.each([
    ['a role there is not', 'castkeys://staging/admin'],
    ['no role', 'castkeys://staging'],
    ['no profile', 'castkeys:///reader'],
    ['more than a role', 'castkeys://staging/reader/x'],
    ['nothing', 'castkeys://'],
  ])('that refers to %s is refused: the command would get the reference as its key', async (_what, value) => {
    await expect(read(`KEY=${value}\n`)).rejects.toMatchObject({
      code: 'usage',
      exitCode: 2,
      message: expect.stringMatching(/KEY refers to .*Nothing was run/),
    });
  });

  it('that refers to a key there is not fails as that does', async () => {
    writeFileSync(directory.at('.env'), 'KEY=castkeys://moon/reader\n');
    const failing = readEnvFile(directory.at('.env'), () => Promise.reject(new Error('no such profile')));
    await expect(failing).rejects.toThrow('no such profile');
  });

  it('that is not there is refused', async () => {
    await expect(readEnvFile(directory.at('none'), async () => new Secret(''))).rejects.toMatchObject({
      code: 'usage',
    });
  });
});

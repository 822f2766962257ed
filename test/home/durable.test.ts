import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../source/home/home.ts';
import { startProgram } from '../support/processes.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const writer = new URL('./fixtures/write-for-ever.ts', import.meta.url);

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('a JSON file', () => {
  it('is for the owner alone, and so is a directory made for it', async () => {
    using directory = temporaryDirectory();
    const file = directory.at('deep', 'state', 'x.json');
    await writeJson(file, { a: [1, null] });
    expect(readJson(file)).toEqual({ a: [1, null] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(directory.at('deep')).mode & 0o777).toBe(0o700);
    expect(statSync(directory.at('deep', 'state')).mode & 0o777).toBe(0o700);
  });

  it('that was readable for others no longer is, once it is written', async () => {
    using directory = temporaryDirectory();
    writeFileSync(directory.at('x.json'), '{}', { mode: 0o644 });
    await writeJson(directory.at('x.json'), { a: 1 });
    expect(statSync(directory.at('x.json')).mode & 0o777).toBe(0o600);
  });

  it('leaves a directory that was there as it was', async () => {
    using directory = temporaryDirectory();
    mkdirSync(directory.at('shared'), { mode: 0o755 });
    await writeJson(directory.at('shared', 'x.json'), {});
    expect(statSync(directory.at('shared')).mode & 0o777).toBe(0o755);
  });

  it('is whole whenever its writer is killed, and is replaced without a rest', async () => {
    using directory = temporaryDirectory();
    const file = directory.at('state', 'x.json');
    for (let kills = 0; kills < 3; kills += 1) {
      await using other = startProgram(writer, file);
      await other.firstLine();
      for (let reads = 0; reads < 20; reads += 1) {
        const { version, again } = Object(readJson(file));
        expect(again).toBe(version);
      }
      other.child.kill('SIGKILL');
      await other.end().catch(() => {});
      const { version, again } = Object(readJson(file));
      expect(again).toBe(version);
    }
    await writeJson(file, { small: true });
    expect(readJson(file)).toEqual({ small: true });
  });

  it.each([
    ['below a regular file', 'file/x.json'],
    ['where a directory is', 'directory'],
  ])('can not be written %s: says so, and changes nothing', async (_where, path) => {
    using directory = temporaryDirectory();
    writeFileSync(directory.at('file'), 'as it was');
    mkdirSync(directory.at('directory'));
    await expect(writeJson(directory.at(path), {})).rejects.toMatchObject({
      code: 'home-unwritable',
      exitCode: 1,
      message: expect.stringContaining('What was there is unchanged.'),
      next: expect.stringContaining('CASTKEYS_HOME'),
    });
    expect(readFileSync(directory.at('file'), 'utf8')).toBe('as it was');
    expect(readdirSync(directory.path).toSorted()).toEqual(['directory', 'file']);
  });

  it.runIf(process.platform === 'linux')('can not be written where the system keeps its own', async () => {
    await expect(writeJson('/proc/castkeys/x.json', {})).rejects.toMatchObject({ code: 'home-unwritable' });
  });
});

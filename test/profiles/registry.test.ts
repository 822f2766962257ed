import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configFile, readConfig, updateConfig } from '../../source/profiles/registry.ts';
import { startProgram } from '../support/processes.ts';
import { homeIn, temporaryDirectory } from '../support/temporary.ts';
import { aProfile } from './support/configs.ts';

const adder = new URL('./fixtures/add-profiles.ts', import.meta.url);

describe('the registry', () => {
  it('has nothing before the first write, and reading makes nothing', () => {
    using directory = temporaryDirectory();
    expect(readConfig(homeIn(directory.at('home')))).toBeUndefined();
    expect(existsSync(directory.at('home'))).toBe(false);
  });

  it('gives back what was written, under one install id for ever', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    const { installId } = await updateConfig(home, config => config);
    expect(installId).toMatch(/^[0-9a-f]{16}$/);
    await updateConfig(home, config => ({ ...config, profiles: { dev: aProfile() } }));
    expect(readConfig(home)).toEqual({
      version: 1,
      installId,
      profiles: { dev: aProfile() },
      credentials: {},
      admins: {},
    });
  });

  it('is for the owner alone, however the file was before', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.at('home'));
    await updateConfig(home, config => config);
    expect(statSync(configFile(home)).mode & 0o777).toBe(0o600);
    expect(statSync(home.config).mode & 0o777).toBe(0o700);
    const loose = homeIn(directory.at('loose'));
    mkdirSync(loose.config);
    writeFileSync(configFile(loose), readFileSync(configFile(home)), { mode: 0o644 });
    await updateConfig(loose, config => config);
    expect(statSync(configFile(loose)).mode & 0o777).toBe(0o600);
  });

  it('loses no edit when several processes write at once', async () => {
    using directory = temporaryDirectory();
    const writers = ['a', 'b', 'c'].map(prefix => startProgram(adder, directory.path, prefix, '8'));
    await Promise.all(writers.map(({ end }) => end()));
    const names = Object.keys(readConfig(homeIn(directory.path))?.profiles ?? {});
    const expected = ['a', 'b', 'c'].flatMap(prefix =>
      Array.from({ length: 8 }, (_, index) => `${prefix}${index}`),
    );
    expect(names.toSorted()).toEqual(expected);
  });

  it('loses no edit when one process writes several times at once', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    const names = Array.from({ length: 6 }, (_, index) => `p${index}`);
    await Promise.all(
      names.map(name =>
        updateConfig(home, config => ({ ...config, profiles: { ...config.profiles, [name]: aProfile() } })),
      ),
    );
    expect(Object.keys(readConfig(home)?.profiles ?? {}).toSorted()).toEqual(names);
  });

  it.each([
    ['damaged', '{"version": 1, "prof'],
    ['empty', ''],
    ['of a newer castkeys', '{"version": 99}'],
    ['of something else', '{"editor": "vi"}'],
  ])('does not overwrite a file that is %s', async (_what, content) => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    writeFileSync(configFile(home), content);
    const changed = updateConfig(home, config => ({ ...config, activeProfile: 'x' }));
    await expect(changed).rejects.toMatchObject({ exitCode: 2 });
    expect(() => readConfig(home)).toThrow();
    expect(readFileSync(configFile(home), 'utf8')).toBe(content);
  });

  it('writes nothing when the change itself fails, and is not locked afterwards', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    const refuse = () => {
      throw new Error('there is such a profile');
    };
    await expect(updateConfig(home, refuse)).rejects.toThrow('there is such a profile');
    expect(existsSync(configFile(home))).toBe(false);
    await updateConfig(home, config => config);
  });

  it('leaves nothing beside the file', async () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    for (let writes = 0; writes < 3; writes += 1) await updateConfig(home, config => config);
    expect(readdirSync(directory.path).toSorted()).toEqual(['config.json', 'state']);
  });

  it('says so where it can not be read', () => {
    using directory = temporaryDirectory();
    const home = homeIn(directory.path);
    mkdirSync(configFile(home));
    expect(() => readConfig(home)).toThrow(
      expect.objectContaining({ code: 'config-unreadable', exitCode: 2 }),
    );
  });

  it('says so where it can not be written', async () => {
    using directory = temporaryDirectory();
    writeFileSync(directory.at('file'), '');
    const changed = updateConfig(homeIn(directory.at('file', 'home')), config => config);
    await expect(changed).rejects.toMatchObject({ code: 'home-unwritable', exitCode: 1 });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../source/commands/command.ts';
import { command as addCommand } from '../../source/commands/profiles-add.ts';
import { command as editCommand } from '../../source/commands/profiles-edit.ts';
import { command as listCommand } from '../../source/commands/profiles-list.ts';
import { command as showCommand } from '../../source/commands/profiles-show.ts';
import { readConfig, updateConfig } from '../../source/profiles/profiles.ts';
import { quickAnswer } from '../../source/quick.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { calling } from '../support/call.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

describe('castkeys profiles', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    return () => directory[Symbol.dispose]();
  });
  const home = () => homeIn(directory.path);
  const run = async (command: Command, ...words: readonly string[]) => {
    const { call, stdout } = calling(command, words, { home: directory.path });
    await command.run(call);
    return stdout();
  };
  const add = (name: string, ...words: readonly string[]) =>
    run(addCommand, name, '--environment', 'staging', '--region', 'eu', ...words);
  const profile = (name: string) => readConfig(home())?.profiles[name];

  it('add registers one without a key, with the recommended policy, the first one as active', async () => {
    expect(await add('staging')).toContain('made it the active profile');
    expect(profile('staging')).toEqual({
      environment: 'staging',
      region: 'eu',
      origin: 'https://api.eu.cast.ai',
      authorization: 'x-api-key',
      policy: { scopes: ['read:*', 'write:limited'], clusters: [], maxAgeDays: 90, expiresInDays: 180 },
      slots: {},
    });
    expect(await add('other')).not.toContain('active');
    expect(readConfig(home())?.activeProfile).toBe('staging');
  });

  it('add takes what belongs to it', async () => {
    await add('x', '--organization', 'o1', '--clusters', 'c1, c2,', '--scopes', 'read:*', '--max-age', '30');
    expect(profile('x')).toMatchObject({
      organization: { id: 'o1' },
      policy: { scopes: ['read:*'], clusters: ['c1', 'c2'], maxAgeDays: 30 },
    });
    expect(JSON.parse(await add('y', '--json'))).toMatchObject({ name: 'y', active: false, slots: {} });
  });

  it.each([
    ['no name', []],
    ['two names', ['a', 'b']],
    ['a name that can not be', ['a/b']],
    ['a name that is taken', ['taken']],
    ['an environment there is not', ['a', '--environment', 'moon']],
    ['a region that is plain http elsewhere', ['a', '--region', 'http://api.example.com']],
    ['a scope there is not', ['a', '--scopes', 'everything']],
    ['no days', ['a', '--max-age', '0']],
    ['more days than there are', ['a', '--max-age', '99999']],
    ['a header there is not', ['a', '--authorization', 'cookie']],
  ])('add refuses %s, and changes nothing', async (_what, words) => {
    await add('taken');
    const before = readConfig(home());
    const adding = async () => run(addCommand, '--environment', 'staging', '--region', 'eu', ...words);
    await expect(adding()).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
    expect(readConfig(home())).toEqual(before);
  });

  it('add says which option is missing', async () => {
    await expect(run(addCommand, 'x', '--region', 'eu')).rejects.toMatchObject({
      message: expect.stringContaining('--environment is missing'),
    });
    await expect(run(addCommand, 'x', '--environment', 'staging')).rejects.toMatchObject({
      message: expect.stringContaining('--region is missing'),
    });
  });

  it('edit changes what is named, and leaves the rest', async () => {
    await add('x', '--organization', 'o1');
    await run(editCommand, 'x', '--environment', 'production', '--max-age', '30');
    expect(profile('x')).toMatchObject({
      environment: 'production',
      region: 'eu',
      organization: { id: 'o1' },
      policy: { scopes: ['read:*', 'write:limited'], maxAgeDays: 30 },
    });
  });

  it('edit moves a profile only while it holds no key: those are bound to their address', async () => {
    await add('x');
    await run(editCommand, 'x', '--region', 'us', '--organization', 'o1');
    expect(profile('x')).toMatchObject({ origin: 'https://api.cast.ai', organization: { id: 'o1' } });
    await updateConfig(home(), config => ({
      ...config,
      profiles: { x: aProfile({ slots: { reader: 'c1' }, organization: { id: 'o1', name: 'One' } }) },
    }));
    for (const words of [
      ['--region', 'eu'],
      ['--organization', 'o2'],
    ]) {
      await expect(run(editCommand, 'x', ...words)).rejects.toMatchObject({
        code: 'origin-mismatch',
        exitCode: 2,
      });
    }
    await run(editCommand, 'x', '--region', 'us', '--organization', 'o1');
    expect(profile('x')).toMatchObject({ slots: { reader: 'c1' }, organization: { id: 'o1', name: 'One' } });
  });

  it('edit names the organization of a profile that holds a key, where nobody knew it', async () => {
    await updateConfig(home(), config => ({
      ...config,
      profiles: { x: aProfile({ slots: { reader: 'c1' } }) },
    }));
    await run(editCommand, 'x', '--organization', 'o1');
    expect(profile('x')).toMatchObject({ organization: { id: 'o1' }, slots: { reader: 'c1' } });
  });

  it('edit and show refuse one that there is not', async () => {
    for (const command of [editCommand, showCommand]) {
      await expect(run(command, 'moon')).rejects.toMatchObject({ code: 'profile-unknown', exitCode: 2 });
    }
  });

  it('show says everything but keys, in words or JSON', async () => {
    await add('x', '--organization', 'o1');
    expect(await run(showCommand, 'x')).toMatch(
      /x \(active\).*staging.*https:\/\/api\.eu\.cast\.ai.*o1.*90 days/s,
    );
    expect(JSON.parse(await run(showCommand, 'x', '--json'))).toEqual({
      name: 'x',
      active: true,
      ...profile('x'),
    });
  });

  it('list is the same whether it is answered quickly or by the whole program', async () => {
    const quick = (...words: readonly string[]) => quickAnswer(words, { CASTKEYS_HOME: directory.path });
    for (const prepare of [async () => '', () => add('x'), () => add('y', '--organization', 'o1')]) {
      await prepare();
      expect(quick('profiles')).toBe(await run(listCommand));
      expect(quick('profiles', 'list')).toBe(await run(listCommand));
      expect(quick('profiles', 'list', '--json')).toBe(await run(listCommand, '--json'));
    }
    expect(await run(listCommand)).toMatch(/\* x .*\n.* y .*o1/);
    for (const words of [['profiles', 'add', 'z'], ['profiles', '--help'], ['keys'], []]) {
      expect(quick(...words)).toBeUndefined();
    }
  });
});

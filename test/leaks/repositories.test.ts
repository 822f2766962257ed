import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { gitEnv, type Workshop, workshop, workshopAt } from './support/git.ts';
import { keyOf } from './support/keys.ts';
import { scanning } from './support/scanning.ts';

let directory: TemporaryDirectory;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory[Symbol.dispose]());

const scanAt = (path: string, over: object = {}) => scanning({ path, home: directory.at('home'), ...over });

const found = async (path: string, over: object = {}) =>
  (await scanAt(path, over)).located.map(({ where, path, reachable }) => `${where} ${path} ${reachable}`);

function leaky(...options: readonly string[]): Workshop {
  const repository = workshop(directory.at('origin'), ...options);
  repository.commit({ 'deep/secret': keyOf('deep') }, 'first');
  repository.git('rm', '--quiet', '-r', 'deep');
  repository.commit({ 'src/clean': 'x' }, 'second');
  return repository;
}

describe('a repository', () => {
  it('of SHA-256 gives its keys away, and is remembered', async () => {
    const { path } = leaky('--object-format=sha256');
    expect(await found(path)).toEqual(['blob deep/secret true']);
    expect((await scanAt(path)).skipped).toBe(8);
  });

  it('that is bare has no files, and all of history', async () => {
    const { path, git } = leaky();
    git('clone', '--quiet', '--bare', path, directory.at('bare.git'));
    expect(await found(directory.at('bare.git'))).toEqual(['blob deep/secret true']);
    expect(await found(`${path}/.git`)).toEqual(['blob deep/secret true']);
  });

  it('that is shallow gives away what it has', async () => {
    const { path, git, commit } = leaky();
    commit({ late: keyOf('late') });
    git('clone', '--quiet', '--depth', '1', `file://${path}`, directory.at('shallow'));
    expect(await found(directory.at('shallow'), { what: 'history' })).toEqual(['blob late true']);
  });

  it('that is a partial clone is read without fetching what is missing', async () => {
    const { path, git } = leaky();
    git('config', 'uploadpack.allowFilter', 'true');
    git('clone', '--quiet', '--filter=blob:none', '--no-checkout', `file://${path}`, directory.at('partial'));
    const partial = workshopAt(directory.at('partial'));
    expect(partial.git('config', 'remote.origin.promisor')).toBe('true');
    expect(await found(partial.path)).toEqual([]);
    expect(partial.git('rev-list', '--objects', '--all', '--missing=print')).toMatch(/^\?/m);
    partial.commit({ mine: keyOf('mine') });
    expect(await found(partial.path, { what: 'history' })).toEqual(['blob mine true']);
  });

  it('is searched whole from a folder of it, and only that folder of its files', async () => {
    const { path, write } = leaky();
    write('src/own', keyOf('own'));
    write('elsewhere', keyOf('elsewhere'));
    expect(await found(`${path}/src`)).toEqual(['worktree src/own true', 'blob deep/secret true']);
  });

  it('that replaces an object, or grafts a history, hides nothing', async () => {
    const { path, git, feed } = leaky();
    const secret = git('rev-parse', 'HEAD~1:deep/secret');
    git('replace', secret, feed('harmless', 'hash-object', '-w', '--stdin'));
    git('replace', '--graft', 'HEAD');
    expect(await found(path, { what: 'history' })).toEqual(['blob deep/secret true']);
  });

  it('runs none of the programs that its settings name', async () => {
    const { path, git, write } = leaky();
    const traps = ['core.fsmonitor', 'core.pager', 'gpg.program', 'diff.external', 'core.sshCommand'];
    for (const name of traps) git('config', name, `touch ${directory.at('trapped')}; false`);
    git('config', 'log.showSignature', 'true');
    git('config', 'diff.trap.textconv', `touch ${directory.at('trapped')};cat`);
    write('.gitattributes', '* diff=trap filter=trap\n');
    git('config', 'filter.trap.clean', `touch ${directory.at('trapped')};cat`);
    await scanAt(path);
    await scanAt(path, { what: 'staged' });
    expect(() => writeFileSync(directory.at('trapped'), '', { flag: 'wx' })).not.toThrow();
  });
});

describe('a directory without a repository', () => {
  it('has its files looked through; links, pipes and what is gone are passed over', async () => {
    const path = directory.at('plain');
    mkdirSync(path);
    writeFileSync(`${path}/secret`, keyOf('plain'));
    symlinkSync('secret', `${path}/link`);
    symlinkSync('/dev/zero', `${path}/endless`);
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', [`${path}/pipe`]);
    const result = await scanAt(path);
    expect(result.located).toMatchObject([{ where: 'file', path: 'secret' }]);
    expect(result.hasHistory).toBe(false);
  });

  it('has no history to look through', async () => {
    mkdirSync(directory.at('plain'));
    await expect(scanAt(directory.at('plain'), { what: 'history' })).rejects.toMatchObject({
      code: 'not-a-repository',
      exitCode: 2,
    });
    await expect(scanAt(directory.at('nowhere'))).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
  });
});

describe('git', () => {
  it('that is not there is told of', async () => {
    const { path } = leaky();
    await expect(scanAt(path, { env: { ...gitEnv, PATH: '/nonexistent' } })).rejects.toMatchObject({
      code: 'git-missing',
      next: expect.stringContaining('install git'),
    });
  });

  it('that is too old is told of', async () => {
    const { path } = leaky();
    mkdirSync(directory.at('bin'));
    writeFileSync(
      directory.at('bin', 'git'),
      `#!/bin/sh\nfor word; do [ "$word" = --unordered ] && { echo "error: unknown option 'unordered'" >&2; exit 129; }; done\nPATH=${process.env['PATH']} exec git "$@"\n`,
      { mode: 0o755 },
    );
    const env = { ...gitEnv, PATH: `${directory.at('bin')}:${process.env['PATH']}` };
    await expect(scanAt(path, { env })).rejects.toMatchObject({
      message: expect.stringContaining("unknown option 'unordered'"),
      next: expect.stringContaining('2.20'),
    });
  });
});

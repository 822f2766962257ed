import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installHooks } from '../../source/leaks/leaks.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { gitEnv, type Workshop, workshop } from './support/git.ts';

let directory: TemporaryDirectory;
let repository: Workshop;

beforeEach(() => {
  directory = temporaryDirectory();
  repository = workshop(directory.at('it has a space'));
  repository.commit({ a: 'a' });
  // Stands in for castkeys: writes down how it was called and what it was told, and ends as the file says.
  repository.write(
    '../bin/castkeys',
    '#!/bin/sh\necho "$*" >> ../called\ncat >> ../told\nexit $(cat ../code)\n',
  );
  chmodSync(directory.at('bin', 'castkeys'), 0o755);
  writeFileSync(directory.at('code'), '0');
});
afterEach(() => directory[Symbol.dispose]());

const install = (fallback = [directory.at('bin', 'castkeys')]) =>
  installHooks({ cwd: repository.path, env: gitEnv }, fallback);

const withCastkeys = { ...gitEnv, PATH: `${gitEnv['PATH']}` };

function git(...args: readonly string[]): { readonly status: number | null; readonly error: string } {
  const env = { ...withCastkeys, PATH: `${directory.at('bin')}:${gitEnv['PATH']}` };
  const { status, stderr } = spawnSync('git', args, { cwd: repository.path, env, encoding: 'utf8' });
  return { status, error: stderr };
}

const read = (name: string) => readFileSync(directory.at(name), 'utf8');

describe('hooks', () => {
  it('look through what is committed and what is pushed, and stop it where a key is found', async () => {
    const { hooks, scope } = await install();
    expect(hooks.map(({ name, before }) => `${name} ${before}`)).toEqual([
      'pre-commit nothing',
      'pre-push nothing',
    ]);
    expect(scope).toBe('clone');
    expect(git('commit', '--allow-empty', '-m', 'x').status).toBe(0);
    execFileSync('git', ['init', '--quiet', '--bare', directory.at('remote.git')], { env: gitEnv });
    git('remote', 'add', 'origin', directory.at('remote.git'));
    expect(git('push', 'origin', 'main').status).toBe(0);
    expect(read('called')).toBe('scan --staged\nscan --pushing origin\n');
    expect(read('told')).toMatch(/^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\n/);
    writeFileSync(directory.at('code'), '3');
    expect(git('commit', '--allow-empty', '-m', 'x').status).toBe(1);
    expect(git('commit', '--allow-empty', '--no-verify', '-m', 'x').status).toBe(0);
    expect(git('push', 'origin', 'main').status).toBe(1);
  });

  it('that are there stay, get what git says, and are run after ours', async () => {
    repository.write(
      '.git/hooks/pre-push',
      '#!/usr/bin/env bash\ncat > ../theirs\necho "$1" >> ../theirs\nexit 0\n',
    );
    repository.write('.git/hooks/pre-commit', 'echo mine > ../mine\n');
    chmodSync(`${repository.path}/.git/hooks/pre-push`, 0o755);
    const { hooks } = await install();
    expect(hooks.map(({ before }) => before)).toEqual(['script', 'script']);
    // Put in again, our lines are there once.
    await install();
    const hook = readFileSync(`${repository.path}/.git/hooks/pre-push`, 'utf8');
    expect(hook.split('>>> castkeys')).toHaveLength(2);
    expect(hook).toMatch(/^#!\/usr\/bin\/env bash\n/);
    execFileSync('git', ['init', '--quiet', '--bare', directory.at('remote.git')], { env: gitEnv });
    git('commit', '--allow-empty', '-m', 'x');
    expect(git('push', directory.at('remote.git'), 'main').status).toBe(0);
    expect(read('mine')).toBe('mine\n');
    expect(read('theirs')).toMatch(/^refs\/heads\/main .*\n+.*remote\.git\n$/);
  });

  it('in another language, and links, are kept beside ours and run', async () => {
    repository.write(
      '.git/hooks/pre-commit',
      '#!/usr/bin/env node\nrequire("fs").writeFileSync("../node", "ran")\n',
    );
    chmodSync(`${repository.path}/.git/hooks/pre-commit`, 0o755);
    repository.write('../shared', '#!/bin/sh\ncat > ../shared-ran\n');
    chmodSync(directory.at('shared'), 0o755);
    symlinkSync(directory.at('shared'), `${repository.path}/.git/hooks/pre-push`);
    const { hooks } = await install();
    expect(hooks.map(({ before }) => before)).toEqual(['program', 'program']);
    await install();
    expect(git('commit', '--allow-empty', '-m', 'x').status).toBe(0);
    expect(read('node')).toBe('ran');
    execFileSync('git', ['init', '--quiet', '--bare', directory.at('remote.git')], { env: gitEnv });
    expect(git('push', directory.at('remote.git'), 'main').status).toBe(0);
    expect(read('shared-ran')).toMatch(/^refs\/heads\/main/);
    expect(read('shared')).toBe('#!/bin/sh\ncat > ../shared-ran\n');
  });

  it('go where core.hooksPath says, and beside what husky makes', async () => {
    repository.git('config', 'core.hooksPath', '.githooks');
    const { hooks, scope } = await install();
    expect(scope).toBe('team');
    expect(hooks[0]?.path).toBe(`${repository.path}/.githooks/pre-commit`);
    // Nobody else has castkeys where this machine has it.
    expect(readFileSync(hooks[0]?.path ?? '', 'utf8')).not.toContain(directory.path);
    repository.git('config', 'core.hooksPath', '.husky/_');
    repository.write('.husky/pre-commit', 'npm test\n');
    const husky = await install();
    expect(husky.hooks[0]).toMatchObject({ path: `${repository.path}/.husky/pre-commit`, before: 'script' });
    expect(readFileSync(`${repository.path}/.husky/pre-commit`, 'utf8')).toMatch(
      /castkeys scan --staged[\s\S]*npm test\n$/,
    );
    repository.git('config', 'core.hooksPath', directory.at('everywhere'));
    expect((await install()).scope).toBe('user');
  });

  it('find castkeys where it is not on the PATH', async () => {
    await install(['/bin/sh', directory.at('bin', 'castkeys')]);
    const { status } = spawnSync('git', ['commit', '--allow-empty', '-m', 'x'], {
      cwd: repository.path,
      env: gitEnv,
    });
    expect(status).toBe(0);
    expect(read('called')).toBe('scan --staged\n');
  });

  it('are put into no directory without a repository', async () => {
    await expect(installHooks({ cwd: directory.path, env: gitEnv }, ['castkeys'])).rejects.toMatchObject({
      code: 'not-a-repository',
    });
  });
});

import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gitignore } from '../../../source/checklist/checks/gitignore.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';
import { git, gitEnv, repository } from '../support/repository.ts';
import { subjectOf, withSlots } from '../support/subjects.ts';

const measure = (cwd: string, env: NodeJS.ProcessEnv = gitEnv) =>
  gitignore.measure(subjectOf(withSlots({}), { cwd, env }));

describe('git ignores .env files', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    return () => directory[Symbol.dispose]();
  });
  const ignoring = (...patterns: readonly string[]) => {
    const path = repository(directory.at('work'));
    writeFileSync(join(path, '.gitignore'), patterns.map(pattern => `${pattern}\n`).join(''));
    return path;
  };

  it.each([[['.env', '.env.local', '.env.*.local']], [['.env*']], [['.env', '*.local']]])(
    'holds with %j',
    async patterns => {
      expect(await measure(ignoring(...patterns))).toEqual({
        state: 'pass',
        evidence: '.env, .env.local and .env.*.local are ignored',
      });
    },
  );

  it('holds below the top, by the patterns of the top', async () => {
    const path = ignoring('.env*');
    mkdirSync(join(path, 'deep'));
    expect(await measure(join(path, 'deep'))).toMatchObject({ state: 'pass' });
  });

  it('fails with only some of them, and the fix adds the rest', async () => {
    const path = ignoring('.env');
    const finding = await measure(path);
    expect(finding).toMatchObject({ state: 'fail', evidence: 'git would take .env.local, .env.*.local' });
    expect(finding.fix).toBe("printf '.env.local\\n.env.*.local\\n' >> .gitignore");
    appendFileSync(join(path, '.gitignore'), '.env.local\n.env.*.local\n');
    expect(await measure(path)).toMatchObject({ state: 'pass' });
  });

  it('fails in a fresh repository, and where a pattern is taken back', async () => {
    expect(await measure(repository(directory.at('fresh')))).toMatchObject({ state: 'fail' });
    expect(await measure(ignoring('.env*', '!.env.production.local'))).toMatchObject({
      state: 'fail',
      evidence: 'git would take .env.*.local',
    });
  });

  it('fails for a .env that is tracked, whatever the patterns say', async () => {
    const path = ignoring('.env*');
    writeFileSync(join(path, '.env'), 'A=1\n');
    git(path, 'add', '--force', '.env');
    expect(await measure(path)).toMatchObject({ state: 'fail', evidence: 'git would take .env' });
    git(path, 'rm', '--quiet', '--cached', '.env');
    expect(await measure(path)).toMatchObject({ state: 'pass' });
  });

  it('looks at the work tree it is in, also at a second one of the same repository', async () => {
    const path = ignoring('.env*');
    git(path, 'add', '.gitignore');
    git(path, 'commit', '--quiet', '--message', 'ignore');
    git(path, 'worktree', 'add', '--quiet', directory.at('second'));
    expect(await measure(directory.at('second'))).toMatchObject({ state: 'pass' });
    writeFileSync(directory.at('second', '.gitignore'), '');
    expect(await measure(directory.at('second'))).toMatchObject({ state: 'fail' });
    expect(await measure(path)).toMatchObject({ state: 'pass' });
  });

  it.each([
    ['no repository', (path: string) => mkdirSync(path)],
    ['a repository without a work tree', (path: string) => repository(path, '--bare')],
  ])('does not apply in %s', async (_what, make) => {
    make(directory.at('here'));
    expect(await measure(directory.at('here'))).toEqual({
      state: 'skip',
      evidence: 'this directory is in no git work tree',
    });
  });

  it('does not apply inside .git', async () => {
    const path = ignoring();
    expect(await measure(join(path, '.git'))).toMatchObject({ state: 'skip' });
  });

  it('is not known without git', async () => {
    const empty = directory.at('no-programs');
    mkdirSync(empty);
    expect(await measure(ignoring('.env*'), { ...gitEnv, PATH: empty })).toEqual({
      state: 'unknown',
      evidence: 'git is not on the PATH',
      fix: 'install git',
    });
  });

  it('is not known where git refuses to look: that is no "does not apply"', async () => {
    // Git's own switch for its tests of "dubious ownership".
    const env = { ...gitEnv, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    expect(await measure(ignoring('.env*'), env)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('dubious ownership'),
    });
  });

  it('is not known where the repository is damaged', async () => {
    const path = ignoring('.env*');
    writeFileSync(join(path, '.git', 'config'), '[core');
    expect(await measure(path)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('config'),
    });
  });

  it('is measured without changing anything, or taking a lock', async () => {
    const path = ignoring('.env*');
    chmodSync(join(path, '.git'), 0o555);
    writeFileSync(join(path, '.git', 'index.lock'), '');
    expect(await measure(path)).toMatchObject({ state: 'pass' });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { type Workshop, workshop } from './support/git.ts';
import { keyOf } from './support/keys.ts';
import { scanning, type Wanted } from './support/scanning.ts';

let directory: TemporaryDirectory;
let repository: Workshop;

beforeEach(() => {
  directory = temporaryDirectory();
  repository = workshop(directory.at('repository'));
});
afterEach(() => directory[Symbol.dispose]());

async function found(what: NonNullable<Wanted['what']>): Promise<readonly string[]> {
  const { located } = await scanning({ path: repository.path, home: directory.at('home'), what });
  return located
    .map(({ where, path, line, encoding }) => [where, path, line, encoding].filter(Boolean).join(' '))
    .toSorted();
}

describe('what is staged', () => {
  it('is looked through as it will be committed, before the first commit too', async () => {
    repository.write('a b', `x\n${keyOf('a')}\n`);
    repository.git('add', '.');
    repository.write('a b', 'clean again');
    repository.write('not staged', keyOf('b'));
    expect(await found('staged')).toEqual(['index a b 2 plain']);
  });

  it('does not count for what was committed before, and is taken away', async () => {
    repository.commit({ old: keyOf('old'), gone: keyOf('gone') });
    repository.git('rm', '--quiet', 'gone');
    repository.write('new', 'x');
    repository.git('add', 'new');
    expect(await found('staged')).toEqual([]);
  });

  it('counts by its name, too', async () => {
    repository.write(`x${'/'}${keyOf('name')}`, 'x');
    repository.git('add', '.');
    expect(await found('staged')).toEqual(['path x/castai_v1_******** plain']);
  });
});

describe('what is pushed', () => {
  const zeros = '0'.repeat(40);
  const push = (refs: readonly string[], remote = 'origin') =>
    found({ push: { remote, refs: `${refs.join('\n')}\n` } });

  it('is whatever the remote does not have yet, messages and names included', async () => {
    const had = repository.commit({ old: keyOf('old') });
    repository.git('update-ref', 'refs/remotes/origin/main', had);
    const tip = repository.commit({ new: keyOf('new') }, `says ${keyOf('message')}`);
    repository.git('rm', '--quiet', 'new');
    repository.git('commit', '--quiet', '-m', 'remove');
    const clean = repository.git('rev-parse', 'HEAD');
    expect(await push([`refs/heads/main ${clean} refs/heads/${keyOf('ref')} ${had}`])).toEqual([
      'blob new 1 plain',
      'commit 6 plain',
      'ref refs/heads/castai_v1_******** plain',
    ]);
    expect(await push([`refs/heads/main ${had} refs/heads/main ${zeros}`])).toEqual([]);
    // Another remote has none of it.
    const all = await push([`refs/heads/main ${tip} refs/heads/main ${zeros}`], 'https://git.example/x');
    expect(all).toEqual(['blob new 1 plain', 'blob old 1 plain', 'commit 6 plain']);
  });

  it('may be a deletion, or go to a commit that nobody here has', async () => {
    const tip = repository.commit({ clean: 'x' });
    expect(await push([`(delete) ${zeros} refs/heads/old ${tip}`])).toEqual([]);
    expect(await push([`refs/heads/main ${tip} refs/heads/main ${'ab'.repeat(20)}`])).toEqual([]);
  });
});

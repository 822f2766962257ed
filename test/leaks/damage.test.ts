import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BatchReader } from '../../source/leaks/objects/batch-reader.ts';
import { KeySearch } from '../../source/leaks/spelling/key-search.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { type Workshop, workshop } from './support/git.ts';
import { keyOf } from './support/keys.ts';
import { scanning } from './support/scanning.ts';

let directory: TemporaryDirectory;
let repository: Workshop;

beforeEach(() => {
  directory = temporaryDirectory();
  repository = workshop(directory.at('repository'));
  for (const name of ['a', 'b', 'c', 'd']) repository.commit({ [name]: `${name} ${keyOf(name)}\n` });
});
afterEach(() => directory[Symbol.dispose]());

const history = () => scanning({ path: repository.path, home: directory.at('home'), what: 'history' });

/** Changes the file of a loose object. */
function damage(id: string, change: (bytes: Buffer) => Buffer): void {
  const path = join(repository.path, '.git/objects', id.slice(0, 2), id.slice(2));
  chmodSync(path, 0o644);
  writeFileSync(path, change(readFileSync(path)));
}

describe('a corrupt object', () => {
  it.each([
    ['that is no object at all', () => Buffer.from('garbage')],
    ['that ends early', (bytes: Buffer) => bytes.subarray(0, 20)],
    ['that is empty', () => Buffer.alloc(0)],
  ])('%s is named, and all others are looked through', async (_, change) => {
    const id = repository.git('rev-parse', 'HEAD:b');
    damage(id, change);
    const { located, unreadable } = await history();
    expect(unreadable).toEqual([id]);
    const blobs = located.filter(({ where }) => where === 'blob').map(({ path }) => path);
    expect(blobs.toSorted()).toEqual(['a', 'c', 'd']);
  });

  it('that was mended under its name is looked through the next time', async () => {
    const id = repository.git('rev-parse', 'HEAD:b');
    let whole: Buffer = Buffer.alloc(0);
    damage(id, bytes => {
      whole = bytes;
      return bytes.subarray(0, 20);
    });
    expect((await history()).unreadable).toEqual([id]);
    damage(id, () => whole);
    const mended = await history();
    expect([mended.unreadable, mended.objects]).toEqual([[], 1]);
    expect(mended.located).toContainEqual(expect.objectContaining({ where: 'blob', path: 'b' }));
  });

  it('among others is passed over each', async () => {
    const ids = ['a', 'c'].map(name => repository.git('rev-parse', `HEAD:${name}`));
    for (const id of ids) damage(id, bytes => bytes.subarray(0, 20));
    const { located, unreadable } = await history();
    expect(unreadable.toSorted()).toEqual(ids.toSorted());
    expect(located.filter(({ where }) => where === 'blob')).toHaveLength(2);
  });
});

describe('a repository that changes while it is read', () => {
  it('gives all that was there, and the next scan the rest', async () => {
    let isChanged = false;
    const first = await scanning({
      path: repository.path,
      home: directory.at('home'),
      what: 'history',
      onProgress: () => {
        if (isChanged) return;
        isChanged = true;
        repository.commit({ late: keyOf('late') });
        repository.git('repack', '-a', '-d', '--quiet');
      },
    });
    expect(first.unreadable).toEqual([]);
    expect(first.located.filter(({ where }) => where === 'blob').length).toBeGreaterThanOrEqual(4);
    const paths = (await history()).located.filter(({ where }) => where === 'blob').map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['a', 'b', 'c', 'd', 'late']);
  });
});

describe('an object of two gigabytes', () => {
  it('rolls through memory that does not grow with it', async () => {
    const size = 2 * 1024 ** 3;
    const found: string[] = [];
    const objects: number[] = [];
    const reader = new BatchReader(new KeySearch([]), {
      onObject: object => objects.push(object.size),
      onSighting: (_, { value, at }) => found.push(`${value} at ${at}`),
      onMissing: () => {},
    });
    const piece = Buffer.alloc(4 * 1024 * 1024, 'a line of something that is large and dull\n');
    const key = Buffer.from(`\n${keyOf('far in')}\n`);
    await reader.take(Buffer.from(`${'0'.repeat(39)}1 blob ${size}\n`));
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = 0;
    for (let sent = 0; sent < size; sent += piece.length) {
      // In the last of them, across the border of the one before.
      const isLast = sent + piece.length === size;
      await reader.take(isLast ? Buffer.concat([key, piece.subarray(key.length)]) : piece);
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    await reader.take(Buffer.from(`\n${'0'.repeat(39)}2 blob ${key.length}\n${key}\n`));
    await reader.end();
    expect(found[0]).toBe(`${keyOf('far in')} at ${size - piece.length + 1}`);
    expect(found).toHaveLength(2);
    expect(objects).toEqual([size, key.length]);
    expect(most).toBeLessThan(100 * 1024 * 1024);
  });
});

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScanResult } from '../../source/leaks/leaks.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { type Workshop, workshop } from './support/git.ts';
import { keyOf } from './support/keys.ts';
import { scanning, type Wanted } from './support/scanning.ts';

let directory: TemporaryDirectory;
let repository: Workshop;

beforeEach(() => {
  directory = temporaryDirectory();
  repository = workshop(directory.at('repository'));
  repository.commit({ old: `K=${keyOf('old')}\n`, other: 'nothing\n' });
});
afterEach(() => directory[Symbol.dispose]());

const scanHistory = (over: Partial<Wanted> = {}): Promise<ScanResult> =>
  scanning({ path: repository.path, home: directory.at('home'), what: 'history', ...over });

const pathsIn = ({ located }: ScanResult) =>
  located.filter(({ where }) => where === 'blob').map(({ path }) => path);

const scansIn = (extension: string): string => {
  const folder = directory.at('home', 'state', 'scans');
  return join(folder, readdirSync(folder).find(name => name.endsWith(extension)) ?? '');
};

describe('the next scan', () => {
  it('reads no object when nothing is new, opens no keychain, and still says what was found', async () => {
    const first = await scanHistory();
    const again = await scanHistory({
      recogniser: () => Promise.reject(new Error('the keychain was opened')),
    });
    expect(first.objects).toBe(4);
    expect([again.objects, again.skipped]).toEqual([0, 4]);
    expect(again.located).toEqual(first.located);
    expect(pathsIn(again)).toEqual(['old']);
  });

  it('reads only what is new', async () => {
    await scanHistory();
    repository.commit({ new: `K=${keyOf('new')}\n` });
    const again = await scanHistory();
    expect([again.objects, again.skipped]).toEqual([3, 4]);
    expect(pathsIn(again).toSorted()).toEqual(['new', 'old']);
  });

  it('reads all with --full, and when a key is looked for that was not before', async () => {
    await scanHistory({ own: { one: keyOf('one') } });
    expect((await scanHistory({ full: true, own: { one: keyOf('one') } })).objects).toBe(4);
    const withMore = { one: keyOf('one'), two: keyOf('two') };
    expect((await scanHistory({ own: withMore })).objects).toBe(4);
    // One less is no reason to look again.
    expect((await scanHistory({ own: { two: keyOf('two') } })).objects).toBe(0);
  });

  it('is not led astray by repacking', async () => {
    await scanHistory();
    repository.git('gc', '--quiet');
    const again = await scanHistory();
    expect([again.objects, again.skipped]).toEqual([0, 4]);
    expect(pathsIn(again)).toEqual(['old']);
  });

  it('follows rewritten history: what a ref leads to no more, and what was pruned', async () => {
    await scanHistory();
    repository.git('checkout', '--quiet', '--orphan', 'rewritten');
    repository.git('rm', '--quiet', '-r', '--cached', '.');
    repository.commit({ other: 'nothing\n' });
    repository.git('branch', '--quiet', '-D', 'main');
    const rewritten = await scanHistory();
    expect(rewritten.located).toMatchObject([{ where: 'blob', path: 'old', reachable: false }]);
    repository.git('reflog', 'expire', '--expire=now', '--all');
    repository.git('gc', '--quiet', '--prune=now');
    expect((await scanHistory()).located).toEqual([]);
  });

  it('notices a ref that is new, and one that leads to something else', async () => {
    await scanHistory();
    repository.git('branch', `b-${keyOf('branch')}`);
    const wheres = (await scanHistory()).located.map(({ where }) => where);
    expect(wheres).toContain('ref');
    repository.git('branch', '--quiet', '-D', `b-${keyOf('branch')}`);
    expect((await scanHistory()).located.map(({ where }) => where)).not.toContain('ref');
  });

  it('begins anew where what was remembered is damaged', async () => {
    await scanHistory();
    writeFileSync(scansIn('.ids'), readFileSync(scansIn('.ids')).subarray(1));
    repository.commit({ new: 'x' });
    expect((await scanHistory()).objects).toBe(7);
    writeFileSync(scansIn('.json'), '{"version": 1');
    expect((await scanHistory()).objects).toBe(7);
    rmSync(scansIn('.json'));
    expect((await scanHistory()).objects).toBe(7);
  });

  it('keeps no value of a key', async () => {
    await scanHistory({ own: { old: keyOf('old') } });
    const kept = [scansIn('.json'), scansIn('.ids')].map(path => readFileSync(path, 'latin1')).join();
    expect(kept).not.toContain(keyOf('old').slice(0, 13));
  });
});

describe('a scan that is cancelled', () => {
  it('keeps what it found, and the next one reads only the rest', async () => {
    for (let at = 0; at < 40; at += 1)
      repository.feed(Buffer.alloc(400_000, `${at}\n`), 'hash-object', '-w', '--stdin');
    repository.commit({ new: `K=${keyOf('new')}\n` });
    const cancelling = new AbortController();
    const first = await scanHistory({
      signal: cancelling.signal,
      onProgress: ({ objects }) => {
        if (objects >= 20) cancelling.abort();
      },
    });
    expect(first.isInterrupted).toBe(true);
    expect(first.objects).toBeLessThan(47);
    const rest = await scanHistory();
    expect(first.objects + rest.objects).toBe(47);
    expect(rest.skipped).toBe(first.objects);
    expect(pathsIn(rest).toSorted()).toEqual(['new', 'old']);
  });
});

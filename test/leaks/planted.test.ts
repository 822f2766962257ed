import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScanResult } from '../../source/leaks/leaks.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { type Planted, plantEverywhere } from './support/planted.ts';
import { scanning } from './support/scanning.ts';

const directory = temporaryDirectory();
let planted: Planted;
let result: ScanResult;

beforeAll(async () => {
  planted = plantEverywhere(directory.path);
  const own = Object.fromEntries(planted.plants.map(({ name, key }) => [name, key]));
  result = await scanning({ path: planted.repository.path, home: directory.at('home'), own });
}, 120_000);
afterAll(() => directory[Symbol.dispose]());

describe('a repository with a key in every place', () => {
  it('gives all of them away, each with where it lies and whether anything leads to it', () => {
    expect(planted.plants.length).toBeGreaterThan(60);
    for (const { name, key: _, ...expected } of planted.plants) {
      const found = result.located.filter(({ credential }) => credential === name);
      expect(found, name).toContainEqual(expect.objectContaining(expected));
    }
  });

  it('has no key where there is only nearly one', () => {
    const planted_ = new Set(planted.plants.map(({ name }) => name));
    expect(result.located.filter(({ credential }) => !planted_.has(credential ?? ''))).toEqual([]);
  });

  it('gives away nothing of a key but its beginning', () => {
    const said = JSON.stringify(result);
    for (const { key } of planted.plants) expect(said).not.toContain(key.slice(0, 13));
  });

  it('says which commits brought a key', () => {
    const { git } = planted.repository;
    const evil = result.located.find(
      ({ credential, where }) => credential === 'evil merge' && where === 'blob',
    );
    expect(evil?.commits).toEqual([git('log', '--all', '--format=%H', '--merges', '--grep=^merge$')]);
    expect(evil?.introduced).toMatchObject({ author: 'a', commit: evil?.commits?.[0] });
    const amended = result.located.find(({ credential }) => credential === 'amended commit');
    expect(amended?.commits).toHaveLength(1);
  });
});

/** Entries: what is written, how they hang together, and what a closed keychain or a crash leaves. */
import { createHash, createHmac } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { beforeEach, describe, expect, it } from 'vitest';
import { enter, enterAround, enterAs, enterDone, verifyLog } from '../../source/audit/audit.ts';
import type { Install } from '../../source/install/install.ts';
import { deriveKey, loadMasterKey } from '../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../source/keychain/secret.ts';
import { aKey, installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

const act = { action: 'profile.switched', resource: 'profile:dev' } as const;

describe('the audit log', () => {
  let directory: TemporaryDirectory;
  let entries: Map<string, Secret>;
  let trouble: { state: 'locked'; reason: string } | undefined;
  let install: Install;
  beforeEach(() => {
    directory = temporaryDirectory();
    entries = new Map();
    trouble = undefined;
    install = installIn(directory.path, memoryKeychain({ entries, trouble: () => trouble }));
    return () => directory[Symbol.dispose]();
  });
  const file = () => join(install.home.state, 'audit.jsonl');
  const lines = () => readFileSync(file(), 'utf8').trimEnd().split('\n');
  const logged = () => lines().map(line => JSON.parse(line));
  const anchor = () =>
    [...entries]
      .find(([account]) => account.includes('/anchor/'))?.[1]
      .reveal()
      .split(' ');

  it('has a line for each action: chained, under a MAC, and anchored', async () => {
    await enter(install, { ...act, metadata: { from: null, to: 'dev' } });
    await enter(install, { ...act, result: 'failure' });
    const master = await loadMasterKey(await install.keychain(), { create: true });
    const macKey = deriveKey(master, 'audit-mac');
    for (const [at, line] of lines().entries()) {
      const { hash, mac, ...rest } = JSON.parse(line);
      expect(line).toBe(canonicalize({ ...rest, hash, mac }));
      expect(
        createHash('sha256')
          .update(canonicalize(rest) ?? '')
          .digest('hex'),
      ).toBe(hash);
      expect(createHmac('sha256', macKey).update(hash).digest('hex')).toBe(mac);
      expect(rest.seq).toBe(at + 1);
    }
    const [first, second] = logged();
    expect(second.prev).toBe(first.hash);
    expect(first).toMatchObject({
      timestamp: '2026-06-01T12:00:00.000Z',
      action: 'profile.switched',
      resource: 'profile:dev',
      result: 'success',
      metadata: { from: null, to: 'dev' },
      userId: expect.stringMatching(/^\S+@\S+$/),
    });
    expect(anchor()?.slice(0, 2)).toEqual(['2', second.hash]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('never holds a key, however it came into the metadata', async () => {
    const key = aKey();
    await enter(install, {
      ...act,
      metadata: { text: `token=${key.reveal()}`, nested: [{ [key.reveal()]: 'x' }], masked: key.toJSON() },
    });
    expect(readFileSync(file(), 'utf8')).not.toContain(key.reveal());
    expect(logged()[0].metadata.text).toBe('token=castai_v1_********');
  });

  it('takes any text of a program, and only a word as its action', async () => {
    const odd = '"},"seq":7,"prev":"x\\\n\u2028\ud83d\ude00\ud800';
    await enterAs(install, { action: 'app.did-it', userId: odd, resource: odd, metadata: { [odd]: odd } });
    await enter(install, act);
    for (const action of ['', 'a"b', 'a b', '1', 'x'.repeat(101)])
      await expect(enterAs(install, { action, resource: 'r' })).rejects.toMatchObject({ code: 'usage' });
    expect(logged()).toHaveLength(2);
    const { installId } = install.config() ?? {};
    const { home, keychain } = install;
    expect(await verifyLog({ home, installId, keychain })).toMatchObject({ intact: true, entries: 2 });
  });

  it('keeps entries that are asked for at once in their order', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => enter(install, { ...act, resource: `profile:${at}` })),
    );
    expect(logged().map(({ resource }) => resource)).toEqual(
      Array.from({ length: 20 }, (_, at) => `profile:${at}`),
    );
    expect(anchor()?.[0]).toBe('20');
  });

  it('goes on while the keychain is locked, and is sealed when it opens', async () => {
    await enter(install, act);
    trouble = { state: 'locked', reason: 'the keyring is locked' };
    await enter(install, { ...act, resource: 'profile:a' });
    await enter(install, { ...act, resource: 'profile:b' });
    expect(logged().map(({ mac }) => mac === null)).toEqual([false, true, true]);
    expect(anchor()?.[0]).toBe('1');
    trouble = undefined;
    await enter(install, act);
    expect(logged()[3]).toMatchObject({ action: 'log.sealed', metadata: { from: 2, to: 3 } });
    expect(logged().every(({ prev }, at, all) => at === 0 || prev === all[at - 1].hash)).toBe(true);
    expect(anchor()?.[0]).toBe('5');
  });

  it('takes up a line that a crash left without its anchor', async () => {
    await enter(install, act);
    const anchored = new Map(entries);
    await enter(install, act);
    for (const [account, secret] of anchored) entries.set(account, secret);
    await enter(install, act);
    expect(logged().map(({ action }) => action)).toEqual(Array(3).fill('profile.switched'));
    expect(anchor()?.[0]).toBe('3');
  });

  it('drops a line that was cut short by a crash, since nobody was told of it', async () => {
    await enter(install, act);
    appendFileSync(file(), '{"action":"profile.sw');
    await enter(install, act);
    expect(logged()).toHaveLength(2);
  });

  it.each([
    ['a tail that was cut', (all: readonly string[]) => all.slice(0, 2)],
    ['a last line that was changed', (all: readonly string[]) => all.with(-1, '{"action":"x"}')],
    ['a file that was emptied', () => []],
  ])('never heals %s: it goes on from what the keychain knows, and the gap stays', async (_what, tamper) => {
    for (let at = 0; at < 4; at += 1) await enter(install, act);
    const before = logged();
    const tampered = tamper(lines());
    writeFileSync(file(), tampered.map(line => `${line}\n`).join(''));
    await enter(install, act);
    const [broken, last] = logged().slice(-2);
    expect(broken).toMatchObject({ action: 'log.broken', seq: 5, prev: before[3].hash });
    expect(last).toMatchObject({ action: 'profile.switched', seq: 6, prev: broken.hash });
    expect(lines()).toHaveLength(tampered.length + 2);
  });

  it('has what can not be undone before it happens, and what came of it', async () => {
    const seen: unknown[] = [];
    const work = async () => {
      seen.push(...logged().map(({ result }) => result));
    };
    await enterAround(install, { action: 'key.deleted', resource: 'key:dev/reader' }, work);
    expect(seen).toEqual(['pending']);
    await expect(
      enterAround(install, { action: 'key.deleted', resource: 'key:dev/reader' }, () =>
        Promise.reject(new Error('no')),
      ),
    ).rejects.toThrow('no');
    expect(logged().map(({ result, metadata }) => [result, metadata.intent])).toEqual([
      ['pending', undefined],
      ['success', 1],
      ['pending', undefined],
      ['failure', 3],
    ]);
  });

  it('does nothing that can not be undone where the intent can not be entered', async () => {
    writeFileSync(directory.at('home-file'), '');
    const nowhere = installIn(directory.at('home-file'));
    let happened = false;
    const work = async () => {
      happened = true;
    };
    await expect(
      enterAround(nowhere, { action: 'key.deleted', resource: 'key:dev/reader' }, work),
    ).rejects.toMatchObject({ code: 'home-unwritable' });
    expect(happened).toBe(false);
  });

  it('takes back what it can not enter', async () => {
    await enter(install, act);
    const world: string[] = [];
    const work = async () => {
      world.push('done');
      rmSync(file());
      mkdirSync(file());
    };
    const undo = async () => {
      world.pop();
    };
    await expect(enterDone(install, act, { work, undo })).rejects.toMatchObject({ code: 'home-unwritable' });
    expect(world).toEqual([]);
  });
});

/** Every kind of tampering, at random places: found, told where, and called by its name. */
import { copyFileSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enter } from '../../source/audit/audit.ts';
import { genesisOf, writeLine } from '../../source/audit/line.ts';
import type { ProblemKind } from '../../source/audit/verify/problem.ts';
import { verifyLog } from '../../source/audit/verify-log.ts';
import type { Install } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

const size = 24;
const cases = 40;

describe('tampering with the log', () => {
  let directory: TemporaryDirectory;
  let install: Install;
  let lines: readonly string[];
  let foreign: readonly string[];

  const fileOf = (one: Install) => join(one.home.state, 'audit.jsonl');
  const linesOf = (one: Install) => readFileSync(fileOf(one), 'utf8').trimEnd().split('\n');
  const write = (changed: readonly string[]) =>
    writeFileSync(fileOf(install), changed.map(line => `${line}\n`).join(''));

  beforeAll(async () => {
    directory = temporaryDirectory();
    install = installIn(directory.at('ours'), memoryKeychain());
    const other = installIn(directory.at('theirs'), memoryKeychain());
    for (const one of [install, other]) {
      for (let at = 1; at <= size; at += 1) {
        await enter(one, {
          action: 'profile.switched',
          resource: `profile:p${at}`,
          metadata: { from: `p${at - 1}`, to: `p${at}` },
        });
      }
    }
    lines = linesOf(install);
    foreign = linesOf(other);
  });
  afterAll(() => directory[Symbol.dispose]());

  const verify = (kept?: { count: number; hash: string }) =>
    verifyLog({
      home: install.home,
      installId: install.config()?.installId,
      keychain: install.keychain,
      ...(kept ? { kept } : {}),
    });

  async function expectProblem(changed: readonly string[], kind: ProblemKind, seq: number): Promise<void> {
    write(changed);
    const before = readFileSync(fileOf(install), 'utf8');
    const verdict = await verify();
    expect(verdict).toMatchObject({ intact: false, problems: [{ kind, seq }], entries: seq - 1 });
    expect(readFileSync(fileOf(install), 'utf8')).toBe(before);
  }

  const at = (from = 0, to = size - 1) => fc.integer({ min: from, max: to });

  it('is not seen where there is none', async () => {
    write(lines);
    expect(await verify()).toMatchObject({ intact: true, entries: size, problems: [] });
  });

  it('by changing one character of an entry is an edit of that entry', () =>
    fc.assert(
      fc.asyncProperty(at(), fc.nat(), fc.constantFrom('x', '0', '"', '}', ' '), async (index, place, to) => {
        const line = lines[index] ?? '';
        const position = place % line.length;
        fc.pre(line[position] !== to);
        const changed = line.slice(0, position) + to + line.slice(position + 1);
        await expectProblem(lines.with(index, changed), 'edited', index + 1);
      }),
      { numRuns: cases * 3 },
    ));

  it('by changing an entry, and every hash behind it, is an edit of that entry', () =>
    fc.assert(
      // From the first on it is another file altogether.
      fc.asyncProperty(at(1), async index => {
        const rewritten = [...lines];
        let prev = index === 0 ? undefined : JSON.parse(lines[index - 1] ?? '').hash;
        for (let place = index; place < size; place += 1) {
          const { hash: _, mac, ...entry } = JSON.parse(lines[place] ?? '');
          const changed = { ...entry, ...(place === index ? { userId: 'nobody@here' } : {}) };
          const { text, hash } = writeLine({ ...changed, prev: prev ?? entry.prev }, undefined);
          rewritten[place] = text.replace('"mac":null', `"mac":"${mac}"`);
          prev = hash;
        }
        await expectProblem(rewritten, 'edited', index + 1);
      }),
      { numRuns: cases },
    ));

  it('by putting a line in is an insertion', () =>
    fc.assert(
      fc.asyncProperty(
        at(0, size),
        at(),
        fc.constantFrom('copy', 'foreign', 'text'),
        async (index, which, what) => {
          const text =
            { copy: lines[which], foreign: foreign[which], text: '{"action":"key.added"}' }[what] ?? '';
          // A copy of the next entry before itself is the same file as one behind itself.
          const seq = what === 'copy' && which === index ? index + 2 : index + 1;
          await expectProblem(lines.toSpliced(index, 0, text), 'inserted', seq);
        },
      ),
      { numRuns: cases * 3 },
    ));

  it('by taking entries out is a deletion', () =>
    fc.assert(
      fc.asyncProperty(at(0, size - 2), at(1, 5), async (index, count) => {
        fc.pre(index + count < size);
        await expectProblem(lines.toSpliced(index, count), 'deleted', index + 1);
      }),
      { numRuns: cases },
    ));

  it('by moving entries is a reordering', () =>
    fc.assert(
      fc.asyncProperty(at(), at(), async (from, to) => {
        fc.pre(from !== to);
        const moved = lines.toSpliced(from, 1).toSpliced(to, 0, lines[from] ?? '');
        await expectProblem(moved, 'reordered', Math.min(from, to) + 1);
        const swapped = lines.with(from, lines[to] ?? '').with(to, lines[from] ?? '');
        await expectProblem(swapped, 'reordered', Math.min(from, to) + 1);
      }),
      { numRuns: cases },
    ));

  it('by cutting the end off, between lines or within one, is a cut tail', () =>
    fc.assert(
      fc.asyncProperty(at(1, size - 1), fc.nat(), async (count, within) => {
        await expectProblem(lines.slice(0, count), 'cut-tail', count + 1);
        const half = (lines[count] ?? '').slice(0, 1 + (within % 50));
        write(lines.slice(0, count));
        writeFileSync(fileOf(install), half, { flag: 'a' });
        expect(await verify()).toMatchObject({ intact: false, entries: count });
      }),
      { numRuns: cases },
    ));

  it("by putting yesterday's file back, with its date, is a roll-back", () =>
    fc.assert(
      fc.asyncProperty(at(1, size - 1), async count => {
        write(lines.slice(0, count));
        const written = new Date(JSON.parse(lines[count - 1] ?? '').timestamp);
        utimesSync(fileOf(install), written, written);
        expect(await verify()).toMatchObject({
          intact: false,
          problems: [{ kind: 'rolled-back', seq: count + 1 }],
        });
      }),
      { numRuns: cases },
    ));

  it('by deleting, emptying or replacing the file is called just that', async () => {
    await expectProblem([], 'file-emptied', 1);
    await expectProblem(['nothing of ours', 'at all'], 'file-replaced', 1);
    await expectProblem(foreign, 'foreign-log', 1);
    rmSync(fileOf(install));
    expect(await verify()).toMatchObject({
      intact: false,
      problems: [{ kind: 'file-deleted', seq: 1 }],
    });
    copyFileSync(fileOf(install).replace('ours', 'theirs'), fileOf(install));
    expect(await verify()).toMatchObject({ problems: [{ kind: 'foreign-log' }] });
  });

  it("by making a log of one's own, hashes and all, is a replaced file", () => {
    const { installId } = install.config() ?? { installId: '' };
    let prev = genesisOf(installId);
    const forged = lines.map((line, index) => {
      const { hash: _, mac: __, ...entry } = JSON.parse(line);
      const { text, hash } = writeLine({ ...entry, seq: index + 1, prev, userId: 'me@here' }, undefined);
      prev = hash;
      return text.replace('"mac":null', `"mac":"${'0'.repeat(64)}"`);
    });
    return expectProblem(forged, 'file-replaced', 1);
  });

  it('against a head that was kept elsewhere shows, even with the keychain in hand', async () => {
    write(lines);
    const last = JSON.parse(lines.at(-1) ?? '');
    expect(await verify({ count: size, hash: last.hash })).toMatchObject({ intact: true });
    expect(await verify({ count: size + 1, hash: last.hash })).toMatchObject({
      problems: [{ kind: 'anchor-differs' }],
    });
    expect(await verify({ count: size - 1, hash: last.hash })).toMatchObject({
      problems: [{ kind: 'anchor-differs', seq: size - 1 }],
    });
  });
});

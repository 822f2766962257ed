import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../source/home/home.ts';
import { startProgram } from '../support/processes.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const holder = new URL('./fixtures/hold-lock.ts', import.meta.url);
const attempt = new URL('./fixtures/try-lock.ts', import.meta.url);
const writer = new URL('./fixtures/write-in-turns.ts', import.meta.url);

describe('a lock', () => {
  it('gives back what the work comes to, and is free again', async () => {
    using directory = temporaryDirectory();
    const lock = directory.at('state', 'some.lock');
    expect(await withLock(lock, async () => 'done')).toBe('done');
    expect(await withLock(lock, async () => 'again')).toBe('again');
  });

  it('is free again after work that failed', async () => {
    using directory = temporaryDirectory();
    const lock = directory.at('some.lock');
    const failing = withLock(lock, () => Promise.reject(new Error('the work failed')));
    await expect(failing).rejects.toThrow('the work failed');
    expect(await withLock(lock, async () => 'done', { patience: 0 })).toBe('done');
  });

  it('is for the owner alone, and so is a directory made for it', async () => {
    using directory = temporaryDirectory();
    await withLock(directory.at('state', 'some.lock'), async () => {});
    expect(statSync(directory.at('state', 'some.lock')).mode & 0o777).toBe(0o600);
    expect(statSync(directory.at('state')).mode & 0o777).toBe(0o700);
  });

  it('lets one piece of work in at a time, in one process too', async () => {
    using directory = temporaryDirectory();
    const lock = directory.at('some.lock');
    let inside = 0;
    const work = async () => {
      inside += 1;
      const alone = inside === 1;
      await new Promise(resolve => setImmediate(resolve));
      inside -= 1;
      return alone;
    };
    const results = await Promise.all(Array.from({ length: 5 }, () => withLock(lock, work)));
    expect(results).toEqual([true, true, true, true, true]);
  });

  it('leaves warnings of others alone', async () => {
    using directory = temporaryDirectory();
    const { emitWarning } = process;
    const lock = directory.at('some.lock');
    await Promise.all([withLock(lock, async () => {}), withLock(lock, async () => {})]);
    expect(process.emitWarning).toBe(emitWarning);
  });
});

describe('a lock that we hold', () => {
  // SQLite locks as POSIX does: whichever file descriptor a process closes, all its locks on that file are gone.
  it('is still ours after another part of our own process looked whether it is free', async () => {
    using directory = temporaryDirectory();
    const lock = directory.at('some.lock');
    await withLock(lock, async () => {
      const second = withLock(lock, async () => {}, { patience: 0 });
      await expect(second).rejects.toMatchObject({ code: 'home-busy' });
      await using other = startProgram(attempt, lock);
      expect(await other.firstLine()).toBe('busy');
    });
    await using other = startProgram(attempt, lock);
    expect(await other.firstLine()).toBe('free');
  });
});

describe('a lock that another process holds', () => {
  it('is ours the moment the holder is killed', async () => {
    using directory = temporaryDirectory();
    const lock = directory.at('some.lock');
    await using other = startProgram(holder, lock);
    expect(await other.firstLine()).toBe('held');

    const ours = withLock(lock, async () => performance.now());
    await expect(withLock(lock, async () => 'in', { patience: 0 })).rejects.toMatchObject({
      code: 'home-busy',
    });
    const killedAt = performance.now();
    other.child.kill('SIGKILL');
    const took = (await ours) - killedAt;
    process.stdout.write(`the lock was free ${took.toFixed(0)} ms after a SIGKILL of its holder\n`);
    expect(took).toBeLessThan(1000);
  });

  it('is ours when the holder is done', async () => {
    using directory = temporaryDirectory();
    const lock = directory.at('some.lock');
    await using other = startProgram(holder, lock);
    await other.firstLine();
    const ours = withLock(lock, async () => 'done');
    other.child.stdin?.end();
    expect(await ours).toBe('done');
    await other.end();
  });

  it('is not ours after our patience, and nothing was done', async () => {
    using directory = temporaryDirectory();
    const lock = directory.at('some.lock');
    await using other = startProgram(holder, lock);
    await other.firstLine();
    let isDone = false;
    const waiting = withLock(lock, async () => (isDone = true), { patience: 60 });
    await expect(waiting).rejects.toMatchObject({
      code: 'home-busy',
      exitCode: 1,
      message: expect.stringContaining('Nothing was changed.'),
    });
    expect(isDone).toBe(false);
  });

  it('is not waited for any longer once we are told to end', async () => {
    using directory = temporaryDirectory();
    const lock = directory.at('some.lock');
    await using other = startProgram(holder, lock);
    await other.firstLine();
    const controller = new AbortController();
    const waiting = withLock(lock, async () => {}, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toThrow();
  });

  it('keeps writers apart: none begins before the one before has ended', async () => {
    using directory = temporaryDirectory();
    const [lock, file] = [directory.at('some.lock'), directory.at('lines')];
    const writers = ['a', 'b', 'c'].map(name => startProgram(writer, lock, file, name, '15'));
    await Promise.all(writers.map(({ end }) => end()));
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(90);
    for (let at = 0; at < lines.length; at += 2) {
      expect(lines[at + 1]).toBe(lines[at]?.replace('begins', 'ends'));
    }
  });
});

describe('a lock where nothing can be written', () => {
  it.each([
    ['below a regular file', 'file/state/some.lock'],
    ['that is a directory', 'directory'],
    ['that is some other file', 'other'],
  ])('%s says so, and nothing is done', async (_where, path) => {
    using directory = temporaryDirectory();
    writeFileSync(directory.at('file'), '');
    mkdirSync(directory.at('directory'));
    writeFileSync(directory.at('other'), 'not a lock, but something of somebody else '.repeat(100));
    let isDone = false;
    const locked = withLock(directory.at(path), async () => (isDone = true));
    await expect(locked).rejects.toMatchObject({
      code: 'home-unwritable',
      exitCode: 1,
      message: expect.stringContaining('unchanged'),
    });
    expect(isDone).toBe(false);
  });
});

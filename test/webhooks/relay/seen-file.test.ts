import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { replayMemory, seenFile } from '../../../source/webhooks/webhooks.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../../support/temporary.ts';

describe('claims in a file', () => {
  let directory: TemporaryDirectory;
  let time: number;
  beforeEach(() => {
    directory = temporaryDirectory();
    time = 1000;
    return () => directory[Symbol.dispose]();
  });
  const open = () => seenFile(directory.at('state', 'seen'), replayMemory({ now: () => time }), () => time);

  it('are known to whoever opens it next, though nobody closed it', async () => {
    await open().claim('a', 2000);
    expect(await open().claim('a', 2000)).toBe('seen');
    expect(statSync(directory.at('state', 'seen')).mode & 0o777).toBe(0o600);
  });

  it('are forgotten when they are given up, or over', async () => {
    const first = open();
    await first.claim('a', 2000);
    await first.release('a');
    await first.claim('b', 2000);
    expect(await open().claim('a', 2000)).toBe('fresh');
    time = 2000;
    expect(await open().claim('b', 3000)).toBe('fresh');
    expect(readFileSync(directory.at('state', 'seen'), 'utf8')).toBe('3000 b\n');
  });

  it('are read though the last line was cut off', async () => {
    await open().claim('a', 2000);
    appendFileSync(directory.at('state', 'seen'), '20');
    expect(await open().claim('a', 2000)).toBe('seen');
  });

  it('take no more room than those that count, in the long run', async () => {
    const file = open();
    for (let id = 0; id < 50_000; id += 1) {
      time += 1;
      await file.claim(`n-${id}`, time + 10);
    }
    expect(statSync(directory.at('state', 'seen')).size).toBeLessThan(1000);
    expect(await open().claim('n-49999', time + 10)).toBe('seen');
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { osKeychain } from '../../../source/keychain/os/os-keychain.ts';
import { describeWithKeyring, startKeyring, type TestKeyring } from '../../support/keyring.ts';
import { childrenOf, runs, until } from './processes.ts';

const programs = new URL('./programs.ts', import.meta.url).pathname;

describeWithKeyring('the process that holds keytar, and the one that started it', () => {
  let keyring: TestKeyring;
  const started: ChildProcess[] = [];
  beforeAll(async () => {
    keyring = await startKeyring();
  });
  afterEach(() => {
    keyring.thaw();
    for (const process of started.splice(0)) process.kill('SIGKILL');
  });
  afterAll(() => keyring.end());

  const start = (program: string) => {
    const process = spawn(globalThis.process.execPath, [programs, program], {
      env: keyring.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    started.push(process);
    const lines = createInterface(process.stdout);
    const nextLine = async () => String((await once(lines, 'line'))[0]);
    return { process, nextLine, exit: once(process, 'exit') };
  };
  const startHanging = async () => {
    const { process, nextLine, exit } = start('wait');
    expect(await nextLine()).toBe('ready');
    const [child] = childrenOf(process.pid ?? 0);
    keyring.freeze();
    process.stdin.write('go on\n');
    expect(await nextLine()).toBe('waiting');
    if (child === undefined) throw new Error('no child was started');
    return { process, child, exit };
  };

  it('lets a parent end that started it and never asked it anything', async () => {
    expect(await start('start').exit).toEqual([0, null]);
  });

  it('lets the parent end by itself, without being closed', async () => {
    const { nextLine, exit } = start('read');
    expect(await nextLine()).toBe('absent');
    expect(await exit).toEqual([0, null]);
  });

  it('dies with a parent that is killed while keytar hangs', async () => {
    const { process, child } = await startHanging();
    expect(runs(child)).toBe(true);
    process.kill('SIGKILL');
    await until('the child is gone', () => !runs(child));
  });

  it('does not keep a parent that wants to end while keytar hangs', async () => {
    const { process, child, exit } = await startHanging();
    process.stdin.end();
    expect(await exit).toEqual([7, null]);
    await until('the child is gone', () => !runs(child));
  });

  it('leaves it to the parent what Ctrl+C means', async () => {
    const { process, nextLine } = start('wait');
    await nextLine();
    const [child = 0] = childrenOf(process.pid ?? 0);
    globalThis.process.kill(child, 'SIGINT');
    process.stdin.write('go on\n');
    await nextLine();
    expect(runs(child)).toBe(true);
  });

  it('is one of many: processes that write at once lose nothing, and end with one master key', async () => {
    const writers = Array.from({ length: 4 }, () => start('write'));
    const fingerprints = await Promise.all(writers.map(({ nextLine }) => nextLine()));
    expect(new Set(fingerprints).size).toBe(1);
    const keychain = osKeychain({ installId: 'install', env: keyring.env });
    const ids = writers.map(({ process }) => `of-process-${process.pid}`);
    const reads = await Promise.all(ids.map(id => keychain.read({ kind: 'credential', id })));
    expect(reads.map(({ state }) => state)).toEqual(ids.map(() => 'value'));
    await keychain.close();
  });
});

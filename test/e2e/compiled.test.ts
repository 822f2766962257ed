import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';

describeWithKeyring('the program as it was compiled', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const compiled = (...path: readonly string[]) => join(machine.home, 'state', 'compiled', ...path);

  it('is not kept by a look at the help, in a home that is not there', async () => {
    expect((await machine.run(['setup', '--help'])).exitCode).toBe(0);
    expect(existsSync(machine.home)).toBe(false);
  });

  it('is kept where nobody else can write, and readable for nobody else', async () => {
    await machine.setUp();
    await machine.run(['status', '--offline']);
    const files = readdirSync(compiled(), { recursive: true, encoding: 'utf8' });
    expect(files.length).toBeGreaterThan(5);
    for (const name of ['', ...files]) {
      const found = statSync(compiled(name));
      expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
    }
  });

  it('is not taken from a directory that others could have written to', async () => {
    const other = await newMachine();
    try {
      const directory = join(other.home, 'state', 'compiled');
      mkdirSync(directory, { recursive: true });
      chmodSync(directory, 0o777);
      await other.setUp();
      expect((await other.run(['status', '--offline'])).stdout).toContain('of 12 hold');
      expect(readdirSync(directory)).toEqual([]);
    } finally {
      await other[Symbol.asyncDispose]();
    }
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key } from '../support/terminal.ts';

const node = process.execPath;

describeWithKeyring('a command under castkeys run', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it.each([
    ['its own exit code', ['sh', '-c', 'exit 7'], 7],
    ['128 and the number of the signal that ended it', ['sh', '-c', 'kill -TERM $$'], 143],
    ['127 where it is not found', ['no-such-command-anywhere'], 127],
    ['126 where it can not be executed', ['/etc/passwd'], 126],
    ['126 where it is a directory', ['/'], 126],
  ])('ends with %s', async (_, command, exitCode) => {
    expect(await machine.run(['run', '--', ...command])).toMatchObject({
      exitCode,
      signal: null,
      stdout: '',
    });
  });

  it('gets standard input, and keeps its words as they are', async () => {
    const input = 'one\ntwo\0three';
    expect(await machine.run(['run', '--', 'cat'], { input })).toMatchObject({ exitCode: 0, stdout: input });
    const words = ['--json', '', 'a b', '--', '$HOME', '--profile'];
    const told = await machine.run([
      'run',
      '--',
      node,
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      '--',
      ...words,
    ]);
    expect(JSON.parse(told.stdout)).toEqual(words);
  });

  it('gives a megabyte of output whole', async () => {
    const ran = await machine.run([
      'run',
      '--',
      node,
      '-e',
      'process.stdout.write("castkeys".repeat(131072))',
    ]);
    const expected = createHash('sha256').update('castkeys'.repeat(131_072)).digest('hex');
    expect(createHash('sha256').update(ran.stdout).digest('hex')).toBe(expected);
  });

  it('ends on a closed pipe as it would without castkeys', async () => {
    const pipe = '(yes; echo "yes: $?" >&2) | head -n 1';
    const ran = await machine.run(['run', '--', 'sh', '-c', pipe]);
    expect(ran).toMatchObject({ exitCode: 0, stdout: 'y\n', stderr: 'yes: 141\n' });
    const ignored = await machine.run(['run', '--', 'grep', 'SigIgn', '/proc/self/status']);
    expect(ignored.stdout).toMatch(/SigIgn:\s0+$/m);
  });

  it('is told of a SIGTERM to castkeys, and its answer is the exit code', async () => {
    const stubborn =
      'process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("ready")';
    await using running = machine.start(['run', '--', node, '-e', stubborn]);
    await running.line(/ready/);
    running.signal('SIGTERM');
    expect(await running.ended).toMatchObject({ exitCode: 9, signal: null });
  });

  it('is told of a SIGINT that only castkeys got, where no terminal sends it to both', async () => {
    const waiting = 'setInterval(() => {}, 1000); console.log("ready")';
    await using running = machine.start(['run', '--', node, '-e', waiting]);
    await running.line(/ready/);
    running.signal('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
  });

  it('has a terminal where castkeys has one', async () => {
    const ask =
      'console.log([0, 1, 2].map(fd => require("tty").isatty(fd)).join(" "), process.stdout.columns)';
    await using terminal = machine.open(['run', '--', node, '-e', ask], { columns: 77 });
    await terminal.waitFor('true true true 77');
    expect((await terminal.exited).exitCode).toBe(0);
  });

  it('gets Ctrl+C exactly once', async () => {
    // SIGUSR2 to castkeys is passed on after any SIGINT that castkeys would pass on, so the count is final by then.
    const counting = [
      'let count = 0',
      'process.on("SIGINT", () => { count += 1; console.log("interrupted") })',
      'process.on("SIGUSR2", () => { console.log("count", count); process.exit(5) })',
      'setInterval(() => {}, 1000)',
      'console.log("ready")',
    ].join(';');
    await using terminal = machine.open(['run', '--', node, '-e', counting]);
    await terminal.waitFor('ready');
    terminal.type(key.ctrl('c'));
    await terminal.waitFor('interrupted');
    terminal.signal('SIGUSR2');
    await terminal.waitFor('count 1');
    expect((await terminal.exited).exitCode).toBe(5);
  });
});

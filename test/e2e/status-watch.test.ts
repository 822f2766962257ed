import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key, type OpenedTerminal } from '../support/terminal.ts';

const restored = { alternateScreen: false, bracketedPaste: false, cursorShown: true };

describeWithKeyring('castkeys status --watch', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const viewer = () => machine.practice.keyIds.viewer;

  it('turns red when the key is disabled at the server, and green again', async () => {
    await using terminal = machine.open(['status', '--watch']);
    await terminal.waitFor(/✓ Every key works/);
    const green = colourOf(terminal, '✓');
    await machine.practice.control.disable(viewer());
    await terminal.waitFor(/✗ Every key works/);
    const red = colourOf(terminal, '✗');
    await machine.practice.control.enable(viewer());
    await terminal.waitFor(/✓ Every key works/);
    expect(colourOf(terminal, '✓')).toBe(green);
    expect(red).not.toBe(green);
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
    expect(terminal.modes()).toEqual(restored);
  });

  it('is what castkeys alone does on a terminal, once a profile is there', async () => {
    await using terminal = machine.open([]);
    await terminal.waitFor(/✓ Every key works/);
    terminal.signal('SIGTERM');
    expect((await terminal.exited).exitCode).toBe(143);
    expect(terminal.modes()).toEqual(restored);
  });

  it('prints a line for each change without a terminal', async () => {
    await using running = machine.start(['status', '--watch']);
    await running.line(/keys-live=pass/);
    await machine.practice.control.disable(viewer());
    await running.line(/keys-live=fail/);
    await machine.practice.control.enable(viewer());
    await running.line(/keys-live=pass/, { after: 2 });
    expect(running.lines()).toHaveLength(3);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('goes on until %s', async (signal, exitCode) => {
    await using running = machine.start(['status', '--watch']);
    await running.line(/keys-live=pass/);
    running.signal(signal);
    expect(await running.ended).toMatchObject({ exitCode, signal: null, stderr: '' });
  });

  it('prints a JSON document for each change with --json', async () => {
    await using running = machine.start(['status', '--watch', '--json']);
    expect(JSON.parse(await running.line(/keys-live/))).toMatchObject({
      profile: 'development',
      ready: expect.any(Boolean),
    });
  });
});

function colourOf(terminal: OpenedTerminal, symbol: string): unknown {
  const row = terminal.screen().findIndex(line => line.includes('Every key works'));
  return terminal.cells()[row]?.find(({ text }) => text === symbol)?.foreground;
}

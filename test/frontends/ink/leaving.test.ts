import { describe, expect, it } from 'vitest';
import { key, type OpenedTerminal } from '../../support/terminal.ts';
import { fixture, goTo } from './support/wizard.ts';

const wizard = fixture('wizard');
const broken = fixture('broken-screen');

function expectRestored(terminal: OpenedTerminal): void {
  expect(terminal.modes()).toEqual({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
}

describe('leaving the wizard', () => {
  it('gives the terminal back after the last question, with nothing of the screen left', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'Paste the API key');
    terminal.type('12345678\r');
    await terminal.waitFor('Set up another');
    terminal.type('n');
    expect(await terminal.exited).toEqual({ exitCode: 0, signal: 0 });
    expectRestored(terminal);
    expect(terminal.screen().join('\n')).toMatch(/^outcome \{"type":"finished"/);
  });

  it('Ctrl+C at a question cancels', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'be called?');
    terminal.type(key.ctrl('c'));
    expect(await terminal.exited).toEqual({ exitCode: 130, signal: 0 });
    expectRestored(terminal);
  });

  it('Ctrl+C while a step runs cancels once it ends, and says so meanwhile', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'Paste the API key');
    terminal.type('12345678\r');
    await terminal.waitFor('whose is it?');
    terminal.type(key.ctrl('c'));
    await terminal.waitFor('Cancelling.');
    expect(await terminal.exited).toEqual({ exitCode: 130, signal: 0 });
    expectRestored(terminal);
  });

  it('Ctrl+C works in a paste that never ends', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'Paste the API key');
    terminal.type('\x1b[200~only the beginning');
    terminal.type(key.ctrl('c'));
    expect(await terminal.exited).toEqual({ exitCode: 130, signal: 0 });
    expectRestored(terminal);
  });

  it('leaves the line discipline as it was: echo on, line by line', async () => {
    await using terminal = wizard.openInShell(command => `stty -a; ${command}; echo code=$?; stty -a`);
    await goTo(terminal, 'be called?');
    terminal.type(key.ctrl('c'));
    await terminal.exited;
    const [before, after] = terminal.raw().toString().split('code=130');
    const settings = (text = '') => text.match(/-?\b(icanon|echo|isig|icrnl|opost)\b/g);
    expect(settings(after)).toEqual(['icrnl', 'opost', 'isig', 'icanon', 'echo']);
    expect(settings(before)).toEqual(settings(after));
  });

  it('is restored when the process is told to end', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'be called?');
    terminal.signal('SIGTERM');
    expect(await terminal.exited).toMatchObject({ signal: 15 });
    expectRestored(terminal);
  });

  it('a screen that breaks ends the flow in failure, says nothing of what was on it, and is restored', async () => {
    await using terminal = broken.open();
    await terminal.waitFor('Key?');
    terminal.type('tell-nobody\r');
    expect(await terminal.exited).toEqual({ exitCode: 1, signal: 0 });
    expectRestored(terminal);
    expect(terminal.screen()[0]).toContain('outcome failed: The screen could not be drawn');
    expect(terminal.raw().toString()).not.toMatch(/tell-nobody|Error|\.mjs|\n\s+at /);
  });
});

describe('Ctrl+Z', () => {
  it('stops the wizard and gives the terminal to the shell; fg brings both back as they were', async () => {
    await using terminal = wizard.openInShell(
      command => `set -m; ${command}; echo stopped; stty -a | grep -o ' -*icanon'; read -r; fg`,
    );
    await goTo(terminal, 'be called?');
    terminal.type('half');
    const before = await terminal.waitFor('❯ half');
    terminal.type(key.ctrl('z'));
    await terminal.waitFor(/stopped\n+ icanon/);
    expect(terminal.modes()).toEqual({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
    terminal.type('\r');
    await terminal.waitFor(screen => screen.join() === before.join());
    terminal.type('way\r');
    await terminal.waitFor('be called?  halfway');
  });

  it('changes nothing where nobody could ever continue the wizard', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'be called?');
    const before = terminal.screen().join();
    terminal.type(key.ctrl('z'));
    const hasComeBack = () => terminal.raw().toString().split('\x1b[?1049h').length > 2;
    await terminal.waitFor(screen => hasComeBack() && screen.join() === before);
    await goTo(terminal, 'In which region');
    terminal.type(key.ctrl('c'));
    expect(await terminal.exited).toEqual({ exitCode: 130, signal: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { key } from '../../support/terminal.ts';
import { answer, fixture, goTo, openQuestion } from './support/wizard.ts';

const wizard = fixture('wizard');
const secret = ['castai', 'v9', 'not-a-real-key', '0123456789abcdef'].join('_');

describe('typing into the wizard', () => {
  it('a text and Enter in one write are an answer', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'be called?');
    terminal.type('abc\r');
    await terminal.waitFor('be called?  abc');
  });

  it('arrows, numbers and Enter choose', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'In which region');
    terminal.type(key.down + key.down + key.up);
    await terminal.waitFor('❯ Europe');
    terminal.type('3\r');
    await terminal.waitFor('your organization?  India');
  });

  it('a refused answer says why under the input, and stays to be corrected', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'be called?');
    terminal.type('two words\r');
    const screen = await terminal.waitFor('✗ A name has letters');
    expect(openQuestion(screen)).toContain('❯ two words');
    terminal.type(`${key.ctrl('w')}${key.backspace}\r`);
    await terminal.waitFor('be called?  two');
  });

  it('Esc goes back, and a sequence that starts with one does not', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'be called?');
    await answer(terminal, 'acme\r');
    terminal.type(key.down);
    await terminal.waitFor('❯ Europe');
    terminal.type(key.escape);
    await terminal.waitFor(screen => openQuestion(screen).includes('be called?'));
    terminal.type('-2\r');
    await terminal.waitFor('be called?  acme-2');
  });

  it('a text that is pasted loses its line breaks and is no answer yet', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'be called?');
    terminal.paste('sta\nging\n');
    await terminal.waitFor(screen => /❯ staging\s*$/.test(openQuestion(screen)));
  });
});

describe('a secret', () => {
  it.each([
    ['pasted in brackets, with its line end', (text: string) => `\x1b[200~${text}\r\n\x1b[201~`, '\r'],
    ['pasted without brackets, with its line end', (text: string) => `${text}\r`, ''],
    ['typed', (text: string) => text, '\r'],
  ])('%s arrives whole and leaves no trace', async (_how, asSent, enter) => {
    await using terminal = wizard.open({ env: { COLORTERM: 'truecolor' } });
    await goTo(terminal, 'Paste the API key');
    terminal.type(asSent(secret));
    if (enter) {
      await terminal.waitFor('received');
      terminal.type(enter);
    }
    await terminal.waitFor('Set up another');
    terminal.type(key.enter);
    await terminal.exited;
    expect(terminal.screen().join('')).toContain(`"keyLength":${secret.length}`);
    const raw = terminal.raw().toString();
    expect(raw).not.toContain(secret);
    expect(raw).not.toContain(secret.slice(0, 8));
    expect(raw).not.toContain(secret.slice(-8));
  });

  it('looks the same whatever its length, and nothing shows it', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'Paste the API key');
    const empty = openQuestion(terminal.screen());
    terminal.type('a');
    const one = openQuestion(await terminal.waitFor('received'));
    terminal.paste(secret);
    terminal.type(key.ctrl('t') + key.ctrl('r') + key.tab + key.ctrl('u'));
    expect(openQuestion(await terminal.waitFor('nothing is shown'))).toBe(empty);
    terminal.paste(secret);
    expect(openQuestion(await terminal.waitFor('received'))).toBe(one);
  });

  it('a megabyte is refused in words, at once, and drawn nowhere', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'Paste the API key');
    const drawnBefore = terminal.raw().length;
    terminal.paste('m'.repeat(1_000_000));
    await terminal.waitFor('received', { timeout: 5000 });
    terminal.type(key.enter);
    const screen = await terminal.waitFor('far too long');
    expect(openQuestion(screen)).toContain('nothing is shown');
    expect(terminal.raw().length - drawnBefore).toBeLessThan(20_000);
    expect(terminal.raw().toString()).not.toContain('mmmm');
  });
});

describe('while a step runs', () => {
  it('nothing that is typed is echoed, or taken by the next question', async () => {
    await using terminal = wizard.open();
    await goTo(terminal, 'Paste the API key');
    terminal.type(`${secret}\r`);
    await terminal.waitFor('whose is it?');
    terminal.type('QQQQ\ry\r');
    terminal.paste(secret);
    const screen = await terminal.waitFor('Set up another');
    expect(openQuestion(screen)).toContain('❯ No');
    expect(terminal.raw().toString()).not.toContain('QQ');
    expect(terminal.raw().toString()).not.toContain(secret.slice(0, 8));
  });
});

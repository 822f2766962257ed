import { describe, expect, it } from 'vitest';
import { key } from '../../support/terminal.ts';
import { answer, fixture, goTo, openQuestion } from './support/wizard.ts';

const wizard = fixture('wizard');
const watch = fixture('watch');

describe('the window', () => {
  it('can shrink and grow back without leaving copies behind', async () => {
    await using terminal = wizard.open({ columns: 80, rows: 24 });
    await goTo(terminal, 'In which region');
    const before = await terminal.waitFor('^C cancel');
    terminal.resize(40, 24);
    const narrow = await terminal.waitFor(screen => screen.some(line => line === ` ${'─'.repeat(38)}`));
    expect(narrow.filter(line => line.includes('castkeys'))).toHaveLength(1);
    expect(narrow.filter(line => line.includes('^C cancel'))).toHaveLength(1);
    terminal.resize(80, 24);
    expect(await terminal.waitFor(screen => screen.join() === before.join())).toEqual(before);
  });

  it('can lose rows and get them back', async () => {
    await using terminal = wizard.open({ columns: 100, rows: 40 });
    await goTo(terminal, 'In which region');
    const before = await terminal.waitFor('^C cancel');
    terminal.resize(100, 14);
    const low = await terminal.waitFor(
      screen => screen[0]?.includes('castkeys') === true && screen.some(line => line.includes('^C')),
    );
    expect(low.filter(line => line.includes('castkeys'))).toHaveLength(1);
    terminal.resize(100, 40);
    expect(await terminal.waitFor(screen => screen.join() === before.join())).toEqual(before);
  });

  it.each([
    [40, 12],
    [50, 20],
    [80, 24],
    [96, 30],
    [120, 40],
    [300, 90],
  ])('%i by %i shows question, input and keys, and never fills the last row', async (columns, rows) => {
    await using terminal = wizard.open({ columns, rows });
    await goTo(terminal, 'In which region');
    const region = await terminal.waitFor('^C cancel');
    expect(openQuestion(region)).toMatch(/In which region.*❯ United States.*Europe.*India/s);
    await answer(terminal, '2\r');
    await goTo(terminal, 'Paste the API key');
    const secret = await terminal.waitFor('^C cancel');
    expect(openQuestion(secret)).toContain('❯');
    expect(secret.slice(-2)).toEqual(['', '']);
    expect(secret.every(line => line.length <= columns)).toBe(true);
  });

  it('lets the earliest lines scroll away and counts them', async () => {
    await using terminal = wizard.open({ columns: 50, rows: 20 });
    await goTo(terminal, 'Paste the API key');
    terminal.type('12345678\r');
    const screen = await terminal.waitFor(/⋮ \d+ earlier.*Set up another/s);
    expect(screen.join('\n')).toContain('staging is ready');
    expect(screen.join('\n')).not.toContain('Look for a keychain');
  });
});

describe('without colours', () => {
  it('NO_COLOR gives no colour, no bold and no inverse, and everything is still there', async () => {
    await using terminal = wizard.open({ env: { NO_COLOR: '1', COLORTERM: 'truecolor' } });
    await goTo(terminal, 'Which environment');
    await answer(terminal, '3\r');
    await answer(terminal, 'x\r');
    await goTo(terminal, 'Which organization');
    await terminal.waitFor('x  PRODUCTION');
    expect(terminal.raw().toString()).not.toMatch(/\x1b\[[\d;]*m/);
  });

  it('a locale that is not UTF-8 gets nothing but ASCII', async () => {
    await using terminal = wizard.open({ env: { LANG: 'C', LC_ALL: 'C' } });
    await terminal.waitFor('> staging');
    terminal.type(key.enter);
    await terminal.waitFor('enter takes it');
    const drawn = terminal.raw().toString();
    expect(drawn).toMatch(/^[\x00-\x7e]*$/);
  });
});

describe('the live checklist', () => {
  it('is drawn anew with each report, measures on r and leaves on q', async () => {
    await using terminal = watch.open({ columns: 100, rows: 30 });
    await terminal.waitFor('measured at 09:26:01 UTC');
    terminal.type('r');
    await terminal.waitFor('Not ready: 12 checks fail');
    terminal.type('r');
    const screen = await terminal.waitFor('Not ready: 1 check fails');
    expect(screen.join('\n')).toMatch(/acme-live {2}PRODUCTION/);
    expect(screen.join('\n')).toContain('→ castkeys keys add --from-dotenv .env');
    terminal.type('q');
    expect(await terminal.exited).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.modes()).toEqual({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
  });

  it('leaves on Ctrl+C too, which is told once', async () => {
    await using terminal = watch.open({ columns: 50, rows: 20 });
    await terminal.waitFor('09:26:01 UTC');
    terminal.type(key.ctrl('c'));
    expect(await terminal.exited).toEqual({ exitCode: 0, signal: 0 });
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine, program } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key, type OpenedTerminal } from '../support/terminal.ts';
import { restored } from './support/typing.ts';

/** The questions on the way to the first key: what shows that one is open, and what answers it. */
const questions = (url: string): readonly { readonly shows: string | RegExp; readonly answer: string }[] => [
  { shows: 'Which environments', answer: key.enter },
  { shows: 'In which region', answer: `4${key.enter}` },
  // Text and Enter in one write, as tmux and fast hands send them.
  { shows: 'Address of the API', answer: `${url}${key.enter}` },
  { shows: /Which keys does \S+ need/, answer: key.enter },
  { shows: '❯ Paste one', answer: key.enter },
  { shows: 'Paste the reader key', answer: '' },
];

/** Answers so many questions, and waits for the one after them. */
async function goTo(terminal: OpenedTerminal, url: string, count: number): Promise<void> {
  for (const [at, { shows, answer }] of questions(url)
    .slice(0, count + 1)
    .entries()) {
    await terminal.waitFor(shows);
    if (at < count) terminal.type(answer);
  }
}

describeWithKeyring('setup, in a terminal', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const url = () => machine.practice.url;
  const last = questions('').length - 1;
  const open = (options: Parameters<Machine['open']>[1] = {}) => machine.open(['setup'], options);
  const expectNothingKept = () => {
    const profiles = existsSync(join(machine.home, 'config.json')) ? machine.config().profiles : {};
    expect(profiles).toEqual({});
  };

  it.each([
    [80, 24],
    [120, 40],
    [50, 20],
  ])('of %i by %i shows each question, and Esc goes back through all of them', async (columns, rows) => {
    await using terminal = open({ columns, rows });
    await goTo(terminal, url(), last);
    const all = questions(url());
    for (const { shows } of all.slice(0, -1).toReversed()) {
      const screen = terminal.screen();
      expect(screen[0]?.includes('castkeys') || screen[1]?.includes('castkeys')).toBe(true);
      expect(screen.every(line => line.length <= columns)).toBe(true);
      expect(screen.slice(-1)).toEqual(['']);
      expect(screen.some(line => line.includes('⏎ continue'))).toBe(true);
      terminal.type(key.escape);
      await terminal.waitFor(lines => {
        const bar = lines.filter(line => line.trimStart().startsWith('┃')).join('\n');
        return typeof shows === 'string' ? bar.includes(shows) : shows.test(bar);
      });
    }
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
    expect(terminal.modes()).toEqual(restored);
    expectNothingKept();
  });

  it('ends at Ctrl+C at every question, with nothing kept', async () => {
    for (let count = 0; count <= last; count += 1) {
      await using terminal = open();
      await goTo(terminal, url(), count);
      terminal.type(key.ctrl('c'));
      expect([count, (await terminal.exited).exitCode]).toEqual([count, 130]);
      expect(terminal.modes()).toEqual(restored);
      expectNothingKept();
    }
  });

  it('takes a paste of 5 kB for no key, in words, and draws none of it', async () => {
    const pasted = 'never a key '.repeat(430);
    await using terminal = open();
    await goTo(terminal, url(), last);
    terminal.paste(pasted);
    await terminal.waitFor('received');
    terminal.type(key.enter);
    await terminal.waitFor(/┃ ✗ /);
    expect(terminal.raw().includes('never a key')).toBe(false);
  });

  it.each([
    ['sixteen', { TERM: 'xterm', COLORTERM: '' }, /\x1b\[3[1-7]m/, /\x1b\[[34]8;/],
    [
      'two hundred and fifty-six',
      { TERM: 'xterm-256color', COLORTERM: '' },
      /\x1b\[3[1-7]m/,
      /\x1b\[[34]8;2;/,
    ],
    ['all', { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, /\x1b\[38;2;\d+;\d+;\d+m/, /\x1b\[3[1-7]m/],
    ['no', { NO_COLOR: '1', COLORTERM: 'truecolor' }, /castkeys/, /\x1b\[[\d;]+m/],
  ])('of %s colours gets no more than those', async (_, variables, some, none) => {
    const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    // The pseudo-terminal sets TERM itself, so that env has to have the last word.
    await using terminal = machine.openAny('env', [...assignments, process.execPath, program, 'setup']);
    await terminal.waitFor('Which environments');
    await terminal.waitFor('^C cancel');
    const drawn = terminal.raw().toString();
    expect(drawn).toMatch(some);
    expect(drawn).not.toMatch(none);
  });

  it('whose locale is not UTF-8 gets nothing but ASCII', async () => {
    await using terminal = open({ env: { LANG: 'C', LC_ALL: '' } });
    await terminal.waitFor('Which environments');
    terminal.type(key.enter);
    await terminal.waitFor('In which region');
    expect(terminal.raw().every(byte => byte < 0x80)).toBe(true);
  });

  it('that says it has no rows is asked line by line', async () => {
    await using terminal = machine.openAny('sh', [
      '-c',
      `stty rows 0; exec '${process.execPath}' '${program}' setup`,
    ]);
    await terminal.waitFor('Which environments');
    expect(terminal.raw().includes('\x1b[?1049h')).toBe(false);
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
  });

  it('can shrink and grow back, with one copy of everything', async () => {
    await using terminal = open({ columns: 80, rows: 24 });
    await goTo(terminal, url(), 1);
    const before = await terminal.waitFor('^C cancel');
    terminal.resize(40, 24);
    const narrow = await terminal.waitFor(screen => screen.includes(` ${'─'.repeat(38)}`));
    for (const once of ['castkeys', 'In which region', '^C cancel'])
      expect([once, narrow.filter(line => line.includes(once)).length]).toEqual([once, 1]);
    terminal.resize(80, 24);
    expect(await terminal.waitFor(screen => screen.join() === before.join())).toEqual(before);
  });

  it('goes to the shell at Ctrl+Z, comes back with fg, and leaves what was there before', async () => {
    await using terminal = machine.openAny('bash', ['--norc', '--noprofile', '-i'], {
      rows: 24,
      env: { PS1: 'ready> ' },
    });
    await terminal.waitFor('ready>');
    terminal.type(`seq -f 'line %g' 1 60; '${process.execPath}' '${program}' setup; echo ended=$?\r`);
    await goTo(terminal, url(), 1);
    terminal.type(key.ctrl('z'));
    await terminal.waitFor(/Stopped/);
    expect(terminal.modes()).toEqual({ ...restored, bracketedPaste: expect.any(Boolean) });
    expect(terminal.screen().join('\n')).toContain('line 60');
    // What is typed at the shell is the shell's.
    terminal.type('echo in the shell\r');
    await terminal.waitFor(/^in the shell/m);
    terminal.type('fg\r');
    await terminal.waitFor('In which region');
    expect(terminal.screen().join('\n')).not.toContain('line 60');
    terminal.type(key.ctrl('c'));
    const after = await terminal.waitFor(/ended=130|ready> *$/m);
    expect(after.join('\n')).toContain('line 60');
    // Nothing wiped the scrollback.
    expect(terminal.raw().includes('\x1b[3J')).toBe(false);
    expectNothingKept();
  });
});

import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine, program } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { start } from '../support/program.ts';
import { key, type OpenedTerminal } from '../support/terminal.ts';
import { restored } from './support/typing.ts';

/** Everything that was said, however it was broken into lines. */
const said = (terminal: OpenedTerminal): string =>
  stripVTControlCharacters(terminal.raw().toString()).replaceAll(/\s+/g, ' ');

const until = (terminal: OpenedTerminal, words: string): Promise<unknown> =>
  terminal.waitFor(() => said(terminal).includes(words));

describeWithKeyring('a terminal that is not made for a full screen', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('of 20x5 is told why the questions come one by one, and all of it works', async () => {
    const secret = machine.practice.keys.viewer.reveal();
    await using terminal = machine.open(['setup'], { columns: 20, rows: 5 });
    await until(terminal, 'because the window is smaller than 40 columns and 12 rows');
    await until(terminal, 'Numbers, with commas [1]:');
    terminal.type(key.enter);
    await until(terminal, 'In which region');
    await until(terminal, 'no account needed Number [1]:');
    terminal.type(`4${key.enter}`);
    await until(terminal, 'Answer:');
    terminal.type(`${machine.practice.url}${key.enter}`);
    await until(terminal, 'Which keys does');
    await until(terminal, 'on the clusters you name');
    terminal.type(key.enter);
    await until(terminal, 'castkeys setup asks again');
    terminal.type(key.enter);
    await until(terminal, 'Secret (not shown):');
    terminal.paste(secret);
    await until(terminal, 'received');
    terminal.type(key.enter);
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.modes()).toEqual(restored);
    expect(terminal.raw().includes('\x1b[?1049h')).toBe(false);
    expect(holds(terminal.raw(), secret)).toBe(false);
    const used = await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"']);
    expect(used.stdout).toBe(secret);
  });

  it.each([
    ['that is dumb', ['TERM=dumb'], 'because TERM is dumb'],
    ['read by a screen reader', ['INK_SCREEN_READER=true'], 'because a screen reader is in use'],
  ])('%s is asked line by line, and gets no control sequences on the way', async (_, variables, why) => {
    // The pseudo-terminal sets TERM itself, so that env has to have the last word.
    await using terminal = machine.openAny('env', [...variables, process.execPath, program, 'setup']);
    await until(terminal, why);
    await until(terminal, 'Number');
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
    expect(terminal.raw().includes('\x1b[?1049h')).toBe(false);
    expect(terminal.modes()).toEqual(restored);
  });

  it('in CI is nobody to ask', async () => {
    await using terminal = machine.open(['setup'], { env: { CI: 'true' } });
    expect((await terminal.exited).exitCode).toBe(2);
    expect(said(terminal)).toMatch(/CI is set.*--answers/);
  });

  it.each(['</dev/null', '<&-', '<&- >/dev/null 2>&1'])(
    'is not there with %s: setup ends with 2 at once, and what asks nothing works',
    async redirection => {
      const inShell = (...words: readonly string[]) =>
        start('sh', ['-c', `exec "$@" ${redirection}`, 'sh', process.execPath, program, ...words], {
          cwd: machine.project,
          env: machine.env,
        }).ended;
      const ran = await inShell('setup');
      expect(ran).toMatchObject({ exitCode: 2, signal: null });
      if (!redirection.includes('2>'))
        expect(ran.stderr).toMatch(/standard input is not a terminal[\s\S]*--answers/);
      expect(await inShell('profiles')).toMatchObject({ exitCode: 0, stderr: '' });
    },
  );
});

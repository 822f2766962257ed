import { expect, it } from 'vitest';
import { key, type OpenedTerminal } from '../../support/terminal.ts';
import { bytesOf, openStory, questionOpen, said, say } from './support/small-story.ts';

async function playToEnd(terminal: OpenedTerminal): Promise<void> {
  await say(terminal, ['Which environment', '3\r'], said.name, ['Paste the key', 'long-enough']);
  await terminal.waitFor('received');
  terminal.type('\r');
  await say(terminal, said.sure);
  expect((await terminal.exited).exitCode).toBe(0);
}

it('sends no escape sequence at all to a dumb terminal', async () => {
  await using terminal = openStory({ env: { TERM: 'dumb' } });
  await playToEnd(terminal);
  expect(bytesOf(terminal)).not.toContain('\x1b');
  expect(bytesOf(terminal).replaceAll('\r\n', '\n')).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
});

it('never moves the cursor where somebody listens, and says signs as words', async () => {
  await using terminal = openStory({ env: { INK_SCREEN_READER: 'true', NO_COLOR: '1' } });
  await playToEnd(terminal);
  expect(bytesOf(terminal)).not.toContain('\x1b');
  await terminal.waitFor('Question: Are you sure?');
  await terminal.waitFor('Check: git ignores .env files: warns; .env is not');
  expect(bytesOf(terminal)).not.toMatch(/[✓▲›→●]/);
});

it('keeps to ASCII where the locale is not UTF-8', async () => {
  await using terminal = openStory({ env: { LANG: 'C' } });
  await playToEnd(terminal);
  expect(bytesOf(terminal)).toMatch(/^[\x00-\x7f]*$/);
  await terminal.waitFor('+ Store the key: read back');
});

it('uses no colour with NO_COLOR, and says production all the same', async () => {
  await using terminal = openStory({ env: { NO_COLOR: '1' } });
  await playToEnd(terminal);
  expect(bytesOf(terminal)).not.toMatch(/\x1b\[[\d;]*m/);
  await terminal.waitFor('environment PRODUCTION');
  await terminal.waitFor('PRODUCTION:');
});

it('corrects a line with backspace and Ctrl+U where it can only write', async () => {
  await using terminal = openStory({ env: { TERM: 'dumb' } });
  await say(terminal, said.environment, [
    'What is it called',
    `wrong${key.ctrl('u')}acmee${key.backspace}\r`,
  ]);
  await questionOpen(terminal, 'Paste the key');
  await terminal.waitFor('Answer: acme');
  await terminal.waitFor('› acme');
});

it.for([
  [20, 5],
  [80, 0],
  [0, 0],
] as const)('works in a window of %i columns and %i rows', async ([columns, rows]) => {
  const stty = `columns ${columns} rows ${rows}`;
  await using terminal = openStory({ columns: columns || 80, rows: rows || 24, stty });
  const bytes = (text: string) => waitForBytes(terminal, text);
  await bytes('Number');
  terminal.type('3\r');
  await bytes('Answer:');
  terminal.type('acme\r');
  await bytes('Secret (not shown):');
  terminal.paste('long-enough\n');
  await bytes('received');
  terminal.type('\r');
  await bytes('y or n');
  terminal.type('y\r');
  expect((await terminal.exited).exitCode).toBe(0);
  expect(bytesOf(terminal)).toContain('"environment":"production"');
  expect(bytesOf(terminal)).not.toMatch(/\x1b\[\d*[A-K]/);
});

/** Where the window is too small for what is waited for. */
async function waitForBytes(terminal: OpenedTerminal, text: string): Promise<void> {
  const plain = () =>
    bytesOf(terminal)
      .replaceAll(/\x1b\[[\d;?]*[a-z]/g, '')
      .replaceAll(/\s+/g, ' ');
  await terminal.waitFor(() => plain().includes(text));
}

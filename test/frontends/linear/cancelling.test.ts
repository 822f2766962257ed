import { expect, it } from 'vitest';
import { key, openTerminal } from '../../support/terminal.ts';
import { openStory, questionOpen, said, say } from './support/small-story.ts';

const sane = { alternateScreen: false, bracketedPaste: false, cursorShown: true };

it.for([{}, { TERM: 'dumb' }])('ends at Ctrl+C while a question is open (%j)', async env => {
  await using terminal = openStory({ env });
  await say(terminal, said.environment, ['What is it called', 'half a na']);
  terminal.type(key.ctrl('c'));
  expect(await terminal.exited).toEqual({ exitCode: 130, signal: 0 });
  await terminal.waitFor('{"type":"cancelled"} raw false');
  expect(terminal.modes()).toEqual(sane);
});

it('ends at Ctrl+C in the middle of a secret, and shows nothing of it', async () => {
  await using terminal = openStory();
  await say(terminal, said.environment, said.name, ['Paste the key', 'qzxjqzxj']);
  terminal.type(key.ctrl('c'));
  expect((await terminal.exited).exitCode).toBe(130);
  expect(terminal.raw().includes('qzxj')).toBe(false);
});

it('ends at Ctrl+C in the middle of a paste that never ends', async () => {
  await using terminal = openStory();
  await say(terminal, said.environment, ['What is it called', '\x1b[200~pasted']);
  terminal.type(key.ctrl('c'));
  expect((await terminal.exited).exitCode).toBe(130);
});

it('says that it cancels while a step runs, and takes back what was done', async () => {
  await using terminal = openStory({ env: { SLOW: '1' } });
  await say(terminal, said.environment, said.name, ['Paste the key', 'long-enough']);
  await terminal.waitFor('received');
  terminal.type('\r');
  await terminal.waitFor('… Store the key');
  terminal.type(key.ctrl('c'));
  await terminal.waitFor('Cancelling. What was done is being taken back.');
  await terminal.waitFor('↩ Store the key: taken back');
  expect((await terminal.exited).exitCode).toBe(130);
});

it('stops at Ctrl+Z, and asks again when it goes on', async () => {
  await using shell = openTerminal({ command: 'bash', args: ['--norc', '-i'], env: { PS1: 'shell: ' } });
  const program = new URL('./fixtures/wizard.ts', import.meta.url).pathname;
  await shell.waitFor('shell:');
  shell.type(`clear; '${process.execPath}' '${program}'\r`);
  await questionOpen(shell, 'Which environment');
  shell.type('\x1a');
  await shell.waitFor('Stopped');
  shell.type('clear; fg\r');
  await questionOpen(shell, 'Which environment');
  shell.type('1\r');
  await questionOpen(shell, 'What is it called');
});

import { expect, it } from 'vitest';
import { key } from '../../support/terminal.ts';
import { bytesOf, openStory, questionOpen, said, say } from './support/small-story.ts';

it('plays a story to its end, and gives the terminal back', async () => {
  await using terminal = openStory();
  await say(terminal, said.environment, said.name, ['Paste the key', 'long enough'.replace(' ', '-')]);
  await terminal.waitFor('received');
  terminal.type('\r');
  await say(terminal, said.sure);
  expect(await terminal.exited).toEqual({ exitCode: 0, signal: 0 });
  await terminal.waitFor('"environment":"development","name":"acme"');
  await terminal.waitFor('raw false');
  expect(terminal.modes()).toEqual({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
});

it('offers the fallback, and takes it for Enter alone', async () => {
  await using terminal = openStory();
  await say(terminal, ['Which environment', '\r']);
  await terminal.waitFor('Answer: staging');
  await terminal.waitFor('environment staging');
});

it('explains a refused answer and asks again without repeating the question', async () => {
  await using terminal = openStory();
  await say(terminal, said.environment, ['What is it called', 'a b\r']);
  await terminal.waitFor('A name has letters and digits.');
  await terminal.waitFor(/digits\.\n› Answer:/);
  expect(terminal.screen().filter(line => line.includes('What is it called'))).toHaveLength(1);
});

it.for([
  ['Esc', key.escape, {}],
  ['a typed <', '<\r', {}],
  ['Esc', key.escape, { TERM: 'dumb' }],
  ['a typed <', '<\r', { TERM: 'dumb' }],
] as const)('goes back with %s, and offers what was answered before (%j)', async ([_, typed, env]) => {
  await using terminal = openStory({ env });
  await say(terminal, said.environment, ['What is it called', typed]);
  await terminal.waitFor('back to the question before');
  await say(terminal, ['Which environment', '\r']);
  await questionOpen(terminal, 'What is it called');
  expect(terminal.screen().filter(line => line.includes('environment development'))).toHaveLength(2);
});

it('says so where there is no question to go back to', async () => {
  await using terminal = openStory();
  await say(terminal, ['Which environment', key.escape]);
  await terminal.waitFor('There is no question to go back to.');
  expect(terminal.screen().join('\n')).not.toContain('Esc or < goes back.');
});

it('moves with an arrow key, and does not take it for Esc', async () => {
  await using terminal = openStory();
  await questionOpen(terminal, 'Which environment');
  await terminal.waitFor('Number: 2');
  terminal.type(key.down);
  await terminal.waitFor('Number: 3');
  terminal.type('\r');
  await terminal.waitFor('environment PRODUCTION');
});

it('neither echoes nor uses what is typed while no question is open', async () => {
  await using terminal = openStory({ env: { SLOW: '1' } });
  await say(terminal, said.environment, said.name, ['Paste the key', 'long-enough']);
  await terminal.waitFor('received');
  terminal.type('\r');
  await terminal.waitFor('Store the key');
  terminal.type('typed ahead\r');
  terminal.type(key.ctrl('c'));
  expect((await terminal.exited).exitCode).toBe(130);
  expect(bytesOf(terminal)).not.toContain('typed ahead');
});

it('says what is measured beside an open question only once it is answered', async () => {
  await using terminal = openStory();
  await questionOpen(terminal, 'Which environment');
  const before = terminal
    .screen()
    .findIndex(line => line.includes('git ignores .env files: warns; .env is not'));
  const question = terminal.screen().findIndex(line => line.includes('Which environment'));
  expect(before).toBeLessThan(question);
});

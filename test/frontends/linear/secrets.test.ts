import { expect, it } from 'vitest';
import { bytesOf, openStory, questionOpen, said, say } from './support/small-story.ts';

const madeUp = (length: number) => Array.from({ length }, (_, at) => 'qzxj7'[at % 5]).join('');

/** What the terminal is sent between the question for a secret and what follows it. */
async function bytesAround(typed: string, env: Record<string, string> = {}): Promise<string> {
  await using terminal = openStory({ env });
  await say(terminal, said.environment, said.name);
  await questionOpen(terminal, 'Paste the key');
  const before = bytesOf(terminal).length;
  terminal.type(typed);
  await terminal.waitFor('received');
  terminal.type('\r');
  await say(terminal, said.sure);
  await terminal.exited;
  const bytes = bytesOf(terminal).slice(before);
  return bytes.slice(0, bytes.indexOf('Store the key'));
}

it.for([{}, { TERM: 'dumb' }])('sends the same bytes whatever the length of a secret (%j)', async env => {
  const short = await bytesAround(madeUp(9), env);
  const long = await bytesAround(madeUp(300), env);
  expect(short).not.toContain('qz');
  expect(long).toBe(short);
});

it('shows nothing of a secret on Ctrl+T, arrow keys or backspace', async () => {
  const bytes = await bytesAround(`${madeUp(20)}\x14\x1b[D\x1b[A\x7f`);
  expect(bytes).not.toMatch(/[qzxj]{2}/);
});

it('takes a pasted secret without its trailing line end', async () => {
  await using terminal = openStory();
  await say(terminal, said.environment, said.name);
  await questionOpen(terminal, 'Paste the key');
  terminal.paste(`${madeUp(83)}\n`);
  await terminal.waitFor('received');
  terminal.type('\r');
  await say(terminal, said.sure);
  await terminal.waitFor('"key":83');
});

it('takes one that a terminal without paste marks sends, and drops what stands behind its line end', async () => {
  await using terminal = openStory({ env: { TERM: 'dumb' } });
  await say(terminal, said.environment, said.name);
  await questionOpen(terminal, 'Paste the key');
  terminal.type(`${madeUp(83)}\r\ny\r`);
  await questionOpen(terminal, 'Are you sure');
  terminal.type('n\r');
  await terminal.waitFor('"key":83,"sure":false');
});

it('says what is wrong with a secret, and does not repeat it', async () => {
  await using terminal = openStory();
  await say(terminal, said.environment, said.name);
  await questionOpen(terminal, 'Paste the key');
  terminal.paste('qzxjqzxj\nqzxjqzxj\n');
  await terminal.waitFor('received');
  terminal.type('\r');
  await terminal.waitFor('There is white space inside.');
  expect(bytesOf(terminal)).not.toContain('qz');
});

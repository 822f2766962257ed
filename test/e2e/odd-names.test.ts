import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { pasteSecret, typeTheAddress } from './support/typing.ts';

/** Names as only somebody with bad intentions gives them: a window title, a cleared screen, colours, C1, a turned direction. */
const malice = [
  '\x1b]0;owned\x07',
  '\x1b[2J\x1b[1;1H',
  '\x1b[31mred',
  '\u009b5i',
  'ab\r\ncd',
  '\u202ereversed',
];

describeWithKeyring('names with escape sequences in them', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    const { control, keyIds, organizationId } = machine.practice;
    const { keys, serviceAccounts } = control.overview();
    const account = serviceAccounts.find(({ name }) => name === 'practice-viewer');
    expect(keys.map(({ id }) => id)).toContain(keyIds.viewer);
    for (const id of [organizationId, keyIds.viewer, account?.id ?? ''])
      await control.rename(id, malice.join(' '));
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const expectHarmless = (bytes: Buffer) => {
    for (const sequence of malice) expect(bytes.includes(sequence), JSON.stringify(sequence)).toBe(false);
  };

  it('come to the wizard as harmless text', async () => {
    await using terminal = machine.open(['setup']);
    await typeTheAddress(terminal, machine.practice.url);
    await pasteSecret(terminal, machine.practice.keys.viewer.reveal());
    expect((await terminal.exited).exitCode).toBe(0);
    expectHarmless(terminal.raw());
    expect(terminal.raw().toString()).toMatch(/reversed/);
  });

  it.each([
    ['status'],
    ['status', '--json'],
    ['keys'],
    ['keys', '--json'],
    ['profiles', 'show', 'development'],
    ['profiles', 'show', 'development', '--json'],
    ['profiles'],
    ['profiles', '--json'],
  ])('come to castkeys %s %s %s as harmless text', async (...args) => {
    const ran = await machine.run(args);
    expect(ran.exitCode).toBe(0);
    expectHarmless(ran.raw);
  });

  it('come to the picker and to the watch as harmless text', async () => {
    await using picker = machine.open(['use']);
    await picker.waitFor('Which profile should be active?');
    picker.signal('SIGTERM');
    await picker.exited;
    await using watch = machine.open(['status', '--watch']);
    await watch.waitFor(/✓ Every key works/);
    watch.signal('SIGTERM');
    await watch.exited;
    expectHarmless(Buffer.concat([picker.raw(), watch.raw()]));
  });

  it('are said in an error as harmless text', async () => {
    const { url, organizationId } = machine.practice;
    const options = ['--environment', 'other', '--region', url, '--organization', `not-${organizationId}`];
    await machine.run(['profiles', 'add', 'elsewhere', ...options]);
    const ran = await machine.run(['keys', 'add', '--profile', 'elsewhere', '--key-stdin'], {
      input: machine.practice.keys.viewer.reveal(),
    });
    expect(ran).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('This key belongs to') });
    expectHarmless(ran.raw);
  });
});

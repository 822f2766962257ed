import { expect, it } from 'vitest';
import { filesHolding, holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';
import { pasteSecret, pick, restored, typeTheAddress } from './support/typing.ts';

const question = 'The keychain can not be used. What now?';

/** Each trouble: how the machine gets into it, and the words that name it. */
const troubles: readonly (readonly [string, () => Promise<Machine>, RegExp])[] = [
  ['is not there', () => newMachine('none'), /No keyring service runs/],
  ['is locked', () => newMachine('locked'), /gnome-keyring is locked/],
  ['hangs', () => broken(async ({ keyring }) => keyring.freeze()), /did not answer within 1500 ms/],
  ['died', () => broken(({ keyring }) => keyring.kill()), /No keyring service runs/],
  ['has no bus', () => broken(({ keyring }) => keyring.killBus()), /D-Bus session bus/],
];

describeWithKeyring('a keychain in trouble', () => {
  it.each(troubles)(
    'is named in the wizard when it %s, and the person decides',
    async (_, prepare, words) => {
      await using machine = await prepare();
      await using terminal = machine.open(['setup']);
      const started = performance.now();
      await terminal.waitFor(question);
      expect(performance.now() - started).toBeLessThan(3000);
      // However the lines are broken, beside the checklist or above it.
      expect(leftPane(terminal.screen())).toMatch(words);
      await pick(terminal, question, 3, 'Stop here');
      expect((await terminal.exited).exitCode).toBe(4);
      expect(terminal.modes()).toEqual(restored);
      expect(terminal.raw().toString()).toMatch(/next: /);
      machine.keyring.thaw();
    },
  );

  it.each(troubles)('is exit 4 without a terminal when it %s, and nothing is stored', async (_, prepare) => {
    await using machine = await prepare();
    const ended = await machine.setUp();
    expect(ended).toMatchObject({ exitCode: 4, stdout: '' });
    expect(machine.config()).toMatchObject({ profiles: {}, credentials: {} });
    expect(machine.config()).not.toHaveProperty('store');
    expect(filesHolding(machine.directory, machine.practice.keys.viewer.reveal())).toEqual([]);
    machine.keyring.thaw();
  });

  it('is tried again once the person has mended it', async () => {
    await using machine = await broken(({ keyring }) => keyring.kill());
    await using terminal = machine.open(['setup']);
    await terminal.waitFor(question);
    await machine.keyring.restart();
    await pick(terminal, question, 1, 'Try again');
    await typeTheAddress(terminal, machine.practice.url);
    await pasteSecret(terminal, machine.practice.keys.viewer.reveal());
    expect((await terminal.exited).exitCode).toBe(0);
    expect(storedCredentials(machine.keyring.env)).toHaveLength(1);
  });

  it.each<[string, (machine: Machine) => Promise<void>]>([
    ['locked', ({ keyring }) => keyring.lock()],
    ['killed', ({ keyring }) => keyring.kill()],
  ])('%s half-way leaves nothing behind, and the wizard can be started again', async (_, spoil) => {
    await using machine = await newMachine();
    const secret = machine.practice.keys.viewer.reveal();
    await using terminal = machine.open(['setup']);
    await typeTheAddress(terminal, machine.practice.url);
    await spoil(machine);
    await pasteSecret(terminal, secret);
    expect((await terminal.exited).exitCode).toBe(4);
    expect(terminal.modes()).toEqual(restored);
    expect(holds(terminal.raw(), secret)).toBe(false);
    expect(machine.config()).toMatchObject({ profiles: {}, credentials: {} });
    await machine.keyring.restart();
    expect(storedCredentials(machine.keyring.env)).toEqual([]);
    expect(await machine.setUp()).toMatchObject({ exitCode: 0 });
  });

  it('keeps what is registered, and gives it again when it is back', async () => {
    await using machine = await newMachine();
    await machine.setUp();
    const before = machine.config();
    for (const spoil of [() => machine.keyring.lock(), () => machine.keyring.kill()]) {
      await spoil();
      expect(await machine.run(['run', '--', 'echo', 'ran'])).toMatchObject({ exitCode: 4, stdout: '' });
      expect(await machine.run(['keys', 'remove', '--yes'])).toMatchObject({ exitCode: 4 });
      expect(machine.config().credentials).toEqual(before.credentials);
      await machine.keyring.restart();
      expect(await machine.run(['run', '--', 'echo', 'ran'])).toMatchObject({ exitCode: 0, stdout: 'ran\n' });
    }
    expect(machine.config()).toEqual(before);
  });
});

async function broken(spoil: (machine: Machine) => Promise<void>): Promise<Machine> {
  const machine = await newMachine();
  await spoil(machine);
  return machine;
}

/** The words of the conversation in one line. */
const leftPane = (screen: readonly string[]): string =>
  screen
    .map(line =>
      line
        .split('│')[0]
        ?.replace(/^[\s┃]+/, '')
        .trim(),
    )
    .join(' ');

import { expect, it } from 'vitest';
import { filesHolding, holds } from '../support/canary.ts';
import { newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { pasteSecret, restored, typeTheAddress } from './support/typing.ts';

describeWithKeyring('a paste that is no key', () => {
  it('is refused in words until one comes that is, whatever stands around it', async () => {
    await using machine = await newMachine();
    const { viewer, member } = machine.practice.keys;
    const secret = viewer.reveal();
    await using terminal = machine.open(['setup'], { columns: 120, rows: 40 });
    await typeTheAddress(terminal, machine.practice.url);
    for (const [pasted, problem] of [
      [`${secret}\n${member.reveal()}\n`, 'more than one line'],
      [`${secret.slice(0, 40)} ${secret.slice(40)}`, 'white space inside'],
      [`CASTAI_API_KEY=${secret}`, 'whole line'],
      [`${secret}\u200b`, 'invisible character'],
      ['y'.repeat(1_048_576), 'longer than 512 characters'],
    ] as const) {
      await pasteSecret(terminal, pasted);
      await terminal.waitFor(problem);
    }
    for (const [index, wrong] of [secret.slice(0, 50), 'sk-live-of-another-vendor-altogether'].entries()) {
      await pasteSecret(terminal, wrong);
      // Each try stays on the screen, and a new question is open below it.
      await terminal.waitFor(
        screen => screen.filter(line => line.includes('Paste the reader key')).length === index + 2,
      );
    }
    await pasteSecret(terminal, `  "${secret}"\r\n`);
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.modes()).toEqual(restored);
    for (const canary of [
      secret,
      member.reveal(),
      secret.slice(0, 40),
      secret.slice(40),
      'sk-live-of-another',
    ]) {
      expect(holds(terminal.raw(), canary)).toBe(false);
      expect(filesHolding(machine.directory, canary)).toEqual([]);
    }
    const used = await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"']);
    expect(used.stdout).toBe(secret);
  });
});

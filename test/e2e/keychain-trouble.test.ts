import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesHolding, holds } from '../support/canary.ts';
import { answersFor, type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key } from '../support/terminal.ts';

/** Shorter than any limit on a call that was cut off: said at once, not after waiting. */
const soon = 4000;

describeWithKeyring('a keychain in trouble', () => {
  const setUp = (machine: Machine, key = machine.practice.keys.viewer.reveal()) =>
    machine.setUp('development', key);

  it.each([
    ['absent', 'none', /keyring|keychain|secret service/i],
    ['locked', 'locked', /locked/i],
  ] as const)('is named when it is %s, and nothing is stored', async (_what, mode, words) => {
    await using machine = await newMachine(mode);
    const started = performance.now();
    const ended = await setUp(machine);
    expect(performance.now() - started).toBeLessThan(soon);
    expect(ended.exitCode).toBe(4);
    expect(ended.stderr).toMatch(words);
    expect(filesHolding(machine.directory, machine.practice.keys.viewer.reveal())).toEqual([]);
  });

  it('is named when it hangs or is dead', async () => {
    await using machine = await newMachine();
    machine.keyring.freeze();
    expect((await setUp(machine)).exitCode).toBe(4);
    machine.keyring.thaw();
    await machine.keyring.kill();
    expect((await setUp(machine)).exitCode).toBe(4);
    await machine.keyring.restart();
    expect((await setUp(machine)).exitCode).toBe(0);
  });

  it('that is locked is exit 4 at once for status and run, and the profile stays', async () => {
    await using machine = await newMachine();
    await setUp(machine);
    await machine.keyring.lock();
    expect((await machine.run(['status', '--json'])).exitCode).toBe(4);
    const run = await machine.run(['run', '--', 'true']);
    expect(run.exitCode).toBe(4);
    await machine.keyring.restart();
    expect((await machine.run(['run', '--', 'true'])).exitCode).toBe(0);
  });

  it('locked half-way through the wizard loses nothing and stores nothing', async () => {
    await using machine = await newMachine();
    const secret = machine.practice.keys.viewer.reveal();
    await using terminal = machine.open(['setup', '--profile', 'halfway']);
    await terminal.waitFor('Which environment');
    terminal.type(key.enter);
    await terminal.waitFor('In which region');
    terminal.type('4');
    await terminal.waitFor('❯ Another address');
    terminal.type(key.enter);
    await terminal.waitFor('Address of the API');
    terminal.type(`${machine.practice.url}${key.enter}`);
    await terminal.waitFor('Paste the API key');
    await machine.keyring.lock();
    terminal.paste(secret);
    await terminal.waitFor('received');
    terminal.type(key.enter);
    // With a person at the terminal an unlock dialog is waited for; nobody answers it here, so they give up.
    await terminal.waitFor(/Store the key/);
    terminal.type(key.ctrl('c'));
    const { exitCode } = await terminal.exited;
    expect([4, 130]).toContain(exitCode);
    const config = JSON.parse(readFileSync(join(machine.home, 'config.json'), 'utf8'));
    expect(config.profiles).toEqual({});
    expect(filesHolding(machine.directory, secret)).toEqual([]);
  });

  it('gives way to an encrypted file only when the person says so, with a passphrase typed twice', async () => {
    await using machine = await newMachine('none');
    const secret = machine.practice.keys.viewer.reveal();
    const passphrase = 'correct horse battery';
    const passphraseFile = join(machine.directory, 'passphrase');
    writeFileSync(passphraseFile, `${passphrase}\n`);
    const answers = machine.writeAnswers({
      ...answersFor(machine.practice.url, 'development'),
      'keychain.trouble': 'file',
      'store.passphrase': { env: 'PASS' },
      'store.passphrase-again': { env: 'PASS' },
    });
    const done = await machine.run(['setup', '--answers', answers], {
      env: { NEW_KEY: secret, PASS: passphrase },
    });
    expect(done.exitCode).toBe(0);
    for (const file of ['identity.age', 'keys.age']) expect(existsSync(join(machine.home, file))).toBe(true);
    expect(filesHolding(machine.home, secret)).toEqual([]);
    expect(filesHolding(machine.home, passphrase)).toEqual([]);
    expect(holds(done.raw, secret) || holds(done.raw, passphrase)).toBe(false);

    const used = await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"'], {
      env: { CASTKEYS_PASSPHRASE_FILE: passphraseFile },
    });
    expect(used.stdout).toBe(secret);
    expect((await machine.run(['run', '--', 'true'])).exitCode).toBe(4);
    expect(
      (await machine.run(['run', '--', 'true'], { env: { CASTKEYS_PASSPHRASE: 'wrong' } })).exitCode,
    ).toBe(4);
  });
});

import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesHolding, holds } from '../support/canary.ts';
import { answersFor, type Machine, newMachine, type RunOptions } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';
import { key } from '../support/terminal.ts';
import { pasteSecret, pick, restored, typeTheAddress } from './support/typing.ts';

const passphrase = 'correct horse battery staple';

describeWithKeyring('the encrypted file', () => {
  it('takes the place of a missing keychain once the person agrees, with a passphrase typed twice', async () => {
    await using machine = await newMachine('none');
    const secret = machine.practice.keys.viewer.reveal();
    await using terminal = machine.open(['setup']);
    await pick(terminal, 'The keychain can not be used. What now?', 2, 'Use an encrypted file');
    await terminal.waitFor('Choose a passphrase');
    await typeSecret(terminal, 'short');
    await terminal.waitFor('at least 8 characters');
    await typeSecret(terminal, passphrase);
    await terminal.waitFor('The same once more');
    await typeSecret(terminal, `${passphrase}!`);
    await terminal.waitFor('That is not the same');
    await typeSecret(terminal, passphrase);
    await typeTheAddress(terminal, machine.practice.url);
    await pasteSecret(terminal, secret);
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.modes()).toEqual(restored);

    for (const canary of [secret, passphrase]) {
      expect(holds(terminal.raw(), canary)).toBe(false);
      expect(filesHolding(machine.directory, canary)).toEqual([]);
    }
    expect(machine.config().store).toBe('file');
    for (const file of ['identity.age', 'keys.age']) {
      expect(statSync(join(machine.home, file)).mode & 0o777).toBe(0o600);
    }
    expect(await keyInUse(machine, withPassphrase(machine))).toBe(secret);
  });

  it('needs no keychain and no question with CASTKEYS_STORE=file and a passphrase file', async () => {
    await using machine = await newMachine();
    // Whoever touched the keyring would wait for it, and fail.
    machine.keyring.freeze();
    const env = { ...withPassphrase(machine).env, CASTKEYS_STORE: 'file' };
    const secret = machine.practice.keys.viewer.reveal();
    const answers = machine.writeAnswers(answersFor(machine.practice.url, 'development'));
    const done = await machine.run(['setup', '--answers', answers], { env: { ...env, NEW_KEY: secret } });
    expect(done.exitCode).toBe(0);
    expect(await keyInUse(machine, { env })).toBe(secret);
    const added = await machine.run(['keys', 'add', '--role', 'writer', '--key-stdin'], {
      env,
      input: machine.practice.keys.member.reveal(),
    });
    expect(added).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('encrypted file') });
    machine.keyring.thaw();
    expect(storedCredentials(machine.keyring.env)).toEqual([]);
  });

  it('stays shut without its passphrase, or with a wrong one', async () => {
    await using machine = await newMachine();
    const { env } = withPassphrase(machine);
    const store = { CASTKEYS_STORE: 'file' };
    const answers = machine.writeAnswers(answersFor(machine.practice.url, 'development'));
    const key = { NEW_KEY: machine.practice.keys.viewer.reveal() };
    await machine.run(['setup', '--answers', answers], { env: { ...env, ...store, ...key } });
    for (const more of [
      {},
      { CASTKEYS_PASSPHRASE: 'something else' },
      { CASTKEYS_PASSPHRASE_FILE: join(machine.directory, 'missing') },
    ]) {
      const ran = await machine.run(['run', '--', 'echo', 'ran'], { env: { ...store, ...more } });
      expect(ran).toMatchObject({ exitCode: 4, stdout: '' });
      expect(ran.stderr).toMatch(/next: \S/);
      expect(holds(ran.raw, 'something else')).toBe(false);
    }
    expect(await keyInUse(machine, { env: { ...env, ...store } })).toBe(key.NEW_KEY);
  });

  it.each([
    ['the dashboard', []],
    ['a watch', ['status', '--watch']],
  ])('is opened for %s by a passphrase that is asked for before the screen', async (_, words) => {
    await using machine = await newMachine('none');
    const store = { CASTKEYS_STORE: 'file' };
    const answers = machine.writeAnswers(answersFor(machine.practice.url, 'development'));
    await machine.run(['setup', '--answers', answers], {
      env: { ...store, CASTKEYS_PASSPHRASE: passphrase, NEW_KEY: machine.practice.keys.viewer.reveal() },
    });
    await using terminal = machine.open(words, { env: store });
    await terminal.waitFor(/passphrase/i);
    terminal.type(`${passphrase}${key.enter}`);
    await terminal.waitFor(/✓ Every key works/);
    expect(terminal.raw().includes(passphrase)).toBe(false);
    terminal.type('q');
    await terminal.exited;
  });

  it('is not made where somebody at the terminal declines, and plaintext never is', async () => {
    await using machine = await newMachine('none');
    await using terminal = machine.open(['setup']);
    await pick(terminal, 'The keychain can not be used. What now?', 3, 'Stop here');
    expect((await terminal.exited).exitCode).toBe(4);
    expect(existsSync(join(machine.home, 'identity.age'))).toBe(false);
    expect(machine.config()).not.toHaveProperty('store');
  });
});

/** A typed passphrase is followed by Enter once the field has it. */
const typeSecret = pasteSecret;

function withPassphrase({ directory }: Machine): { readonly env: Readonly<Record<string, string>> } {
  const file = join(directory, 'passphrase');
  writeFileSync(file, `${passphrase}\n`, { mode: 0o600 });
  return { env: { CASTKEYS_PASSPHRASE_FILE: file } };
}

const keyInUse = async (machine: Machine, options: RunOptions): Promise<string> =>
  (await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"'], options)).stdout;

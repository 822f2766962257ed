import { expect, it } from 'vitest';
import { filesHolding, holds } from '../support/canary.ts';
import { answersFor, type Ended, type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { keyringAccounts } from '../support/keyring-items.ts';
import { key, type OpenedTerminal } from '../support/terminal.ts';
import { nameAnother, pasteSecret, pick, restored, takeTheRoles, typeTheAddress } from './support/typing.ts';

const inUse = async (machine: Machine): Promise<string> =>
  (await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"'])).stdout;

const setUpByAnswers = (machine: Machine, ...options: readonly string[]): Promise<Ended> => {
  const answers = machine.writeAnswers(answersFor(machine.practice.url, 'development'));
  return machine.run(['setup', '--answers', answers, ...options], {
    env: { NEW_KEY: machine.practice.keys.viewer.reveal() },
  });
};

describeWithKeyring('the onboarding wizard', () => {
  it('takes a pasted key to the keychain, in a terminal, and shows nothing of it', async () => {
    await using machine = await newMachine();
    const secret = machine.practice.keys.viewer.reveal();
    await using terminal = machine.open(['setup']);
    await typeTheAddress(terminal, machine.practice.url);
    await pasteSecret(terminal, `${secret}\n`);
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.modes()).toEqual(restored);
    // What stays on the terminal when the wizard is gone.
    const left = terminal.screen().join('\n');
    for (const title of ['Keys are in the keychain', 'Every key works', 'No key is used twice'])
      expect(left).toContain(`✓ ${title}`);
    expect(left).toMatch(/castkeys run --profile development -- terraform plan/);
    expect(holds(terminal.raw(), secret)).toBe(false);
    expect(filesHolding(machine.directory, secret)).toEqual([]);

    const { activeProfile, profiles, credentials, installId } = machine.config();
    const [id = ''] = Object.keys(credentials);
    expect(activeProfile).toBe('development');
    expect(profiles['development']).toMatchObject({
      environment: 'development',
      origin: machine.practice.url,
      organization: { id: machine.practice.organizationId, name: 'Practice' },
      slots: { reader: id },
    });
    expect(credentials[id]).toMatchObject({
      origin: machine.practice.url,
      owner: { kind: 'service-account', name: 'practice-viewer' },
      keyId: machine.practice.keyIds.viewer,
      store: 'keychain',
    });
    expect(keyringAccounts(machine.keyring.env)).toEqual([
      `${installId}/anchor/audit`,
      `${installId}/credential/${id}`,
      `${installId}/master/v1`,
    ]);
    expect(await inUse(machine)).toBe(secret);
  });

  it('comes to the same from an answers file, in words and in JSON, as from a terminal', async () => {
    const [inTerminal, inWords, inJson] = await Promise.all([newMachine(), newMachine(), newMachine()]);
    await using terminal = inTerminal.open(['setup']);
    await typeTheAddress(terminal, inTerminal.practice.url);
    await pasteSecret(terminal, inTerminal.practice.keys.viewer.reveal());
    await terminal.exited;
    const words = await setUpByAnswers(inWords);
    const json = await setUpByAnswers(inJson, '--json');

    expect([words.exitCode, json.exitCode]).toEqual([0, 0]);
    expect(stateOf(inWords)).toEqual(stateOf(inTerminal));
    expect(stateOf(inJson)).toEqual(stateOf(inTerminal));
    for (const machine of [inTerminal, inWords, inJson]) {
      expect(await inUse(machine)).toBe(machine.practice.keys.viewer.reveal());
      await machine[Symbol.asyncDispose]();
    }
    expect(words.stdout).toBe('');
    expect(words.stderr).toMatch(/✓ Every key works/);
    expect(json.stderr).toBe('');
    const events = json.stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events.map(event => event.type)).not.toContain(undefined);
    expect(events).toContainEqual({ type: 'started', flow: 'onboard', title: 'Set up castkeys' });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'check',
        check: expect.objectContaining({ id: 'keys-live', state: 'pass' }),
      }),
    );
    expect(events.at(-1)).toEqual({ type: 'finished', outcome: 'finished' });
  });

  it('offers practice to somebody without an account, and says that it is practice', async () => {
    await using machine = await newMachine();
    await using terminal = machine.open(['setup']);
    await nameAnother(terminal, 'playground');
    await pick(terminal, 'In which region', 5, 'Practice');
    await takeTheRoles(terminal);
    await terminal.waitFor(/practi[cs]/i);
    terminal.type(key.enter);
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.modes()).toEqual(restored);
    const status = await machine.run(['status', '--json']);
    const report = JSON.parse(status.stdout);
    expect(report).toMatchObject({ profile: 'playground', practice: true });
    const { state } = report.checks.find((check: { id: string }) => check.id === 'keys-live');
    expect(state).toBe('pass');
    expect((await machine.run(['status'])).stdout).toMatch(/PRACTICE, not Cast AI/);
  });

  it('takes a key that was refused once more, and goes back with Esc', async () => {
    await using machine = await newMachine();
    await machine.practice.control.disable(machine.practice.keyIds.member);
    await using terminal = machine.open(['setup']);
    await typeTheAddress(terminal, machine.practice.url);
    await goBackFrom(terminal, 'Paste the reader key');
    await goBackFrom(terminal, 'Where does the reader key');
    await goBackFrom(terminal, 'Which keys does');
    await goBackFrom(terminal, 'Address of the API');
    // What was chosen before is chosen still.
    await terminal.waitFor('❯ Another address');
    terminal.type(key.enter);
    await terminal.waitFor('Address of the API');
    await terminal.waitFor(machine.practice.url);
    terminal.type(key.enter);
    await takeTheRoles(terminal);
    await pasteSecret(terminal, machine.practice.keys.member.reveal());
    await terminal.waitFor('does not accept');
    await terminal.waitFor(
      screen => screen.filter(line => line.includes('Paste the reader key')).length === 2,
    );
    await pasteSecret(terminal, machine.practice.keys.viewer.reveal());
    expect((await terminal.exited).exitCode).toBe(0);
    expect(await inUse(machine)).toBe(machine.practice.keys.viewer.reveal());
  });
});

describeWithKeyring('the onboarding wizard, run again', () => {
  it('asks nothing about a profile that is complete', async () => {
    await using machine = await newMachine();
    await machine.setUp();
    const before = machine.config();
    await using terminal = machine.open(['setup', '--profile', 'development']);
    expect((await terminal.exited).exitCode).toBe(0);
    const scripted = await machine.run([
      'setup',
      '--profile',
      'development',
      '--answers',
      machine.writeAnswers({}),
    ]);
    expect(scripted).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/it works: service account practice-viewer/),
    });
    expect(machine.config()).toEqual(before);
  });

  it('asks for the key alone where a profile has none yet', async () => {
    await using machine = await newMachine();
    const options = ['--environment', 'production', '--region', machine.practice.url];
    await machine.run(['profiles', 'add', 'begun', ...options]);
    await using terminal = machine.open(['setup']);
    await terminal.waitFor('❯ Paste one');
    terminal.type(key.enter);
    await terminal.waitFor('Paste the reader key for begun');
    await pasteSecret(terminal, machine.practice.keys.viewer.reveal());
    expect((await terminal.exited).exitCode).toBe(0);
    expect(machine.config().profiles['begun']?.slots).toHaveProperty('reader');
  });

  it('asks for a new key where the stored one was disabled, and keeps the old one until then', async () => {
    await using machine = await newMachine();
    await machine.setUp();
    await machine.practice.control.disable(machine.practice.keyIds.viewer);
    const before = machine.config();
    const unanswered = await machine.run([
      'setup',
      '--profile',
      'development',
      '--answers',
      machine.writeAnswers({}),
    ]);
    expect(unanswered.exitCode).toBe(5);
    expect(machine.config()).toEqual(before);

    await using terminal = machine.open(['setup', '--profile', 'development']);
    await terminal.waitFor('no longer works');
    await terminal.waitFor('❯ Paste one');
    terminal.type(key.enter);
    await terminal.waitFor('Paste the reader key for development');
    await pasteSecret(terminal, machine.practice.keys.personal.reveal());
    expect((await terminal.exited).exitCode).toBe(0);
    expect(await inUse(machine)).toBe(machine.practice.keys.personal.reveal());
  });
});

async function goBackFrom(terminal: OpenedTerminal, question: string): Promise<void> {
  terminal.type(key.escape);
  await terminal.waitFor(screen => !screen.some(line => line.includes(question)));
}

/** What is registered and stored, without what differs from one machine to the next. */
function stateOf(machine: Machine): unknown {
  const { installId, ...config } = machine.config();
  const accounts = keyringAccounts(machine.keyring.env).map(account => account.replace(installId, 'install'));
  return JSON.parse(
    JSON.stringify({ config, accounts })
      .replaceAll(machine.practice.url, 'url')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant')
      .replaceAll(/"fingerprint":"[^"]+"/g, '"fingerprint":"one"'),
  );
}

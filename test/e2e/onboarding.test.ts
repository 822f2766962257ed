import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesHolding, holds } from '../support/canary.ts';
import { answersFor, type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key } from '../support/terminal.ts';

describeWithKeyring('the onboarding wizard', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(async () => {
    await machine[Symbol.asyncDispose]();
  });

  it('takes a pasted key to the keychain, in a terminal, and shows nothing of it', async () => {
    const secret = machine.practice.keys.viewer.reveal();
    await using terminal = machine.open(['setup']);
    await terminal.waitFor('Which environment');
    terminal.type(key.enter);
    await terminal.waitFor('In which region');
    terminal.type('4');
    await terminal.waitFor('❯ Another address');
    terminal.type(key.enter);
    await terminal.waitFor('Address of the API');
    terminal.type(`${machine.practice.url}${key.enter}`);
    await terminal.waitFor('Paste the API key');
    terminal.paste(`${secret}\n`);
    await terminal.waitFor('received');
    terminal.type(key.enter);
    const exit = await terminal.exited;
    expect(exit.exitCode).toBe(0);
    expect(terminal.screen().join('\n')).toMatch(/✓ Every key works/);
    expect(terminal.modes()).toEqual({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
    expect(holds(terminal.raw(), secret)).toBe(false);
    expect(filesHolding(machine.directory, secret)).toEqual([]);
    const used = await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"']);
    expect(used.stdout).toBe(secret);
  });

  it('asks for nothing when it is run again and all is in place', async () => {
    const again = await machine.run([
      'setup',
      '--profile',
      'development',
      '--answers',
      machine.writeAnswers({}),
    ]);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toMatch(/it works: service account practice-viewer/);
  });

  it('asks for a new key when the stored one was disabled', async () => {
    await machine.practice.control.disable(machine.practice.keyIds.viewer);
    const answers = machine.writeAnswers({ 'key.reader': { env: 'NEW_KEY' } });
    const again = await machine.run(['setup', '--profile', 'development', '--answers', answers], {
      env: { NEW_KEY: machine.practice.keys.personal.reveal() },
    });
    await machine.practice.control.enable(machine.practice.keyIds.viewer);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toMatch(/no longer works/);
    const used = await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"']);
    expect(used.stdout).toBe(machine.practice.keys.personal.reveal());
  });

  it('plays from an answers file, one JSON event a line, and no secret among them', async () => {
    const answers = machine.writeAnswers(answersFor(machine.practice.url, 'staging'));
    const secret = machine.practice.keys.member.reveal();
    const done = await machine.run(['setup', '--answers', answers, '--json'], { env: { NEW_KEY: secret } });
    const events = done.stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(done.exitCode).toBe(0);
    expect(events.at(0)).toMatchObject({ type: 'check' });
    expect(events.at(-1)).toEqual({ type: 'finished', outcome: 'finished' });
    expect(holds(done.raw, secret)).toBe(false);
    const config = JSON.parse(readFileSync(join(machine.home, 'config.json'), 'utf8'));
    expect(config.profiles.staging).toMatchObject({ environment: 'staging', origin: machine.practice.url });
    expect(config.activeProfile).toBe('development');
  });

  it('offers practice to somebody without an account', async () => {
    await using terminal = machine.open(['setup', '--profile', 'playground']);
    await terminal.waitFor('Which environment');
    terminal.type('4');
    await terminal.waitFor('❯ another');
    terminal.type(key.enter);
    await terminal.waitFor('In which region');
    terminal.type('5');
    await terminal.waitFor('❯ Practice');
    terminal.type(key.enter);
    await terminal.waitFor('Paste the API key');
    await terminal.waitFor(/practice/i);
    terminal.type(key.enter);
    expect((await terminal.exited).exitCode).toBe(0);
    const status = await machine.run(['status', '--profile', 'playground', '--json']);
    const report = JSON.parse(status.stdout);
    expect(report).toMatchObject({ profile: 'playground', chosenBy: 'flag', practice: true });
    expect(report.checks.find((check: { id: string }) => check.id === 'keys-live')).toMatchObject({
      state: 'pass',
    });
  });

  it('takes everything back on Ctrl+C, with exit code 130 and the terminal as it was', async () => {
    const before = readFileSync(join(machine.home, 'config.json'), 'utf8');
    machine.practice.control.behave({ failures: [{ kind: 'slow', ms: 60_000 }] });
    await using terminal = machine.open(['setup', '--profile', 'given-up']);
    await terminal.waitFor('Which environment');
    terminal.type(key.enter);
    await terminal.waitFor('In which region');
    terminal.type('4');
    await terminal.waitFor('❯ Another address');
    terminal.type(key.enter);
    await terminal.waitFor('Address of the API');
    terminal.type(`${machine.practice.url}${key.enter}`);
    await terminal.waitFor('Paste the API key');
    terminal.paste(machine.practice.keys.readonly.reveal());
    await terminal.waitFor('received');
    terminal.type(key.enter);
    await terminal.waitFor(/Ask 127/);
    terminal.type('typed ahead');
    terminal.type(key.ctrl('c'));
    const exit = await terminal.exited;
    machine.practice.control.behave({ failures: [] });
    expect(exit.exitCode).toBe(130);
    expect(terminal.modes()).toEqual({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
    expect(terminal.raw().includes('typed ahead')).toBe(false);
    expect(readFileSync(join(machine.home, 'config.json'), 'utf8')).toBe(before);
  });

  it('finds a secret that is leaked on purpose', () => {
    const secret = machine.practice.keys.viewer.reveal();
    expect(holds(Buffer.from(`x${Buffer.from(`ab${secret}cd`).toString('base64')}`), secret)).toBe(true);
    expect(holds(Buffer.from(secret, 'utf16le'), secret)).toBe(true);
    expect(holds(Buffer.from('nothing'), secret)).toBe(false);
  });
});

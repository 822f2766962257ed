import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { updateConfig } from '../../source/profiles/profiles.ts';
import { describeWithKeyring, startKeyring, type TestKeyring } from '../support/keyring.ts';
import { openTerminal } from '../support/terminal.ts';
import { profileAt, type ShellMachine, shellMachine } from './support/shell-machine.ts';

let machine: ShellMachine;
let practice: PracticeServer;
beforeAll(async () => {
  [machine, practice] = await Promise.all([shellMachine(), startPractice()]);
  await updateConfig(machine.home, config => ({
    ...config,
    activeProfile: 'staging',
    profiles: { staging: profileAt(practice.url) },
  }));
});
afterAll(async () => {
  await practice.close();
  await machine[Symbol.asyncDispose]();
});

describeWithKeyring('castkeys doctor', () => {
  let keyring: TestKeyring;
  beforeAll(async () => {
    keyring = await startKeyring();
  });
  afterAll(() => keyring.end());

  /** Where the keyring is, and nothing else of it: the rest is the machine's. */
  const bus = () => ({ DBUS_SESSION_BUS_ADDRESS: keyring.env['DBUS_SESSION_BUS_ADDRESS'] ?? '' });

  it('is exit 0 where everything works, and leaves no trace', async () => {
    const before = readdirSync(machine.directory, { recursive: true });
    const { exitCode, stdout, stderr } = await machine.run('castkeys', ['doctor', '--json'], bus());
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { checks } = JSON.parse(stdout);
    for (const check of checks) {
      expect(check).toMatchObject({
        id: expect.stringMatching(/^[a-z-]+(-127\.0\.0\.1:\d+)?$/),
        title: expect.any(String),
        state: expect.stringMatching(/^(pass|warn|skip|info)$/),
        evidence: expect.any(String),
        measuredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      });
    }
    expect(checks).toContainEqual(
      expect.objectContaining({
        id: 'keychain',
        state: 'pass',
        evidence: expect.stringContaining('gnome-keyring'),
      }),
    );
    expect(readdirSync(machine.directory, { recursive: true })).toEqual(before);
  });

  it('is a list that fits the terminal, with what is only worth knowing below', async () => {
    await using terminal = openTerminal({
      command: 'castkeys',
      args: ['doctor'],
      env: { ...machine.env, ...bus() },
      columns: 80,
      rows: 60,
    });
    const screen = await terminal.waitFor('Good to know');
    expect(screen.join('\n')).toMatch(/✓ OS keychain +wrote, read back and removed/);
    expect(screen.join('\n')).toMatch(/✓ Terminal +stdin, stdout and stderr are a terminal,/);
    expect(await terminal.exited).toMatchObject({ exitCode: 0 });
  });

  it('makes no settings on a machine where castkeys is new', async () => {
    const home = join(machine.directory, 'new');
    const env = { ...bus(), CASTKEYS_HOME: home, CASTAI_API_URL: practice.url };
    const { exitCode } = await machine.run('castkeys', ['doctor'], env);
    expect(exitCode).toBe(0);
    expect(existsSync(home)).toBe(false);
  });

  it('is exit 3, not 4, where the keychain is locked and nobody is there: the list is the answer', async () => {
    await keyring.lock();
    const { exitCode, stdout } = await machine.run('castkeys', ['doctor', '--json'], bus());
    expect(exitCode).toBe(3);
    const { checks } = JSON.parse(stdout);
    expect(checks).toContainEqual(
      expect.objectContaining({
        id: 'keychain',
        state: 'fail',
        evidence: expect.stringMatching(/^locked: /),
        fix: expect.stringContaining('unlock'),
      }),
    );
    expect(checks).toContainEqual(expect.objectContaining({ id: 'git', state: 'pass' }));
  });
});

describe('castkeys doctor, without a keychain', () => {
  it('says in words what fails and what mends it', async () => {
    const { exitCode, stdout } = await machine.run('castkeys', ['doctor']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/✗ OS keychain +unavailable: /);
    expect(stdout).toMatch(/→ .*CASTKEYS_STORE=file/);
  });

  it('answers even where the settings can not be read', async () => {
    const home = join(machine.directory, 'broken');
    await mkdir(home);
    writeFileSync(join(home, 'config.json'), '{ not JSON');
    const env = { CASTKEYS_HOME: home, CASTKEYS_STORE: 'nonsense', CASTAI_API_URL: practice.url };
    const { exitCode, stdout } = await machine.run('castkeys', ['doctor', '--json'], env);
    expect(exitCode).toBe(3);
    const states = Object.fromEntries(
      JSON.parse(stdout).checks.map(({ id, state }: { id: string; state: string }) => [id, state]),
    );
    expect(states).toMatchObject({ settings: 'fail', store: 'fail', keychain: 'unknown', git: 'pass' });
  });

  it('refuses a profile that is not there', async () => {
    const { exitCode, stderr } = await machine.run('castkeys', ['doctor', '--profile', 'nobody']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('staging');
  });
});

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkIds } from '../../source/checklist/check.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';

interface Check {
  readonly id: string;
  readonly state: string;
  readonly evidence: string;
}

describeWithKeyring('castkeys status', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(async () => {
    await machine[Symbol.asyncDispose]();
  });

  const stateOf = (checks: readonly Check[], id: string) => checks.find(check => check.id === id)?.state;
  const status = async (...args: readonly string[]) => {
    const ended = await machine.run(['status', '--json', ...args]);
    return { exitCode: ended.exitCode, report: JSON.parse(ended.stdout) };
  };

  it('prints the contract: every check, with state, evidence and time', async () => {
    const { exitCode, report } = await status();
    expect(report).toMatchObject({ profile: 'development', chosenBy: 'active', ready: false });
    expect(report.checks.map((check: Check) => check.id)).toEqual(checkIds);
    for (const check of report.checks) {
      expect(check).toMatchObject({
        title: expect.any(String),
        evidence: expect.any(String),
        measuredAt: expect.stringMatching(/Z$/),
      });
      expect(['pass', 'warn', 'fail', 'unknown', 'skip']).toContain(check.state);
    }
    for (const id of ['keychain', 'keys-live', 'distinct-keys', 'key-age'])
      expect(stateOf(report.checks, id)).toBe('pass');
    expect(stateOf(report.checks, 'gitignore')).toBe('skip');
    expect(exitCode).toBe(0);
    expect((await status('--strict')).exitCode).toBe(3);
  });

  it('measures git: what it would take fails, what it ignores passes', async () => {
    execFileSync('git', ['init', '--quiet', machine.project]);
    const open = await status();
    expect(stateOf(open.report.checks, 'gitignore')).toBe('fail');
    expect(open.exitCode).toBe(3);
    writeFileSync(join(machine.project, '.gitignore'), '.env\n.env.local\n.env.*.local\n');
    expect(stateOf((await status()).report.checks, 'gitignore')).toBe('pass');
    const withoutGit = await machine.run(['status', '--json'], { env: { PATH: '/nowhere' } });
    expect(stateOf(JSON.parse(withoutGit.stdout).checks, 'gitignore')).toBe('unknown');
  });

  it('calls an unreachable API unknown, never a bad key', async () => {
    machine.practice.control.behave({ failures: [{ kind: 'html200' }] });
    const { exitCode, report } = await status();
    machine.practice.control.behave({ failures: [] });
    expect(stateOf(report.checks, 'keys-live')).toBe('unknown');
    expect(exitCode).toBe(0);
  });

  it('touches neither network nor keychain offline', async () => {
    machine.practice.control.forgetRequests();
    const ended = await machine.run(['status', '--json', '--offline'], {
      env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' },
    });
    const { checks } = JSON.parse(ended.stdout);
    expect(stateOf(checks, 'keychain')).toBe('unknown');
    expect(stateOf(checks, 'keys-live')).toBe('unknown');
    expect(stateOf(checks, 'key-age')).toBe('pass');
    expect(machine.practice.control.requests()).toEqual([]);
  });

  it('turns red when the key is disabled at the server, and green again', async () => {
    await using terminal = machine.open(['status', '--watch']);
    await terminal.waitFor(/✓ Every key works/);
    await machine.practice.control.disable(machine.practice.keyIds.viewer);
    await terminal.waitFor(/✗ Every key works/);
    await machine.practice.control.enable(machine.practice.keyIds.viewer);
    await terminal.waitFor(/✓ Every key works/);
    terminal.type('q');
    await terminal.exited;
    expect(terminal.modes()).toMatchObject({ alternateScreen: false, cursorShown: true });
  });

  it('shows every profile with --all', async () => {
    await machine.setUp('staging', machine.practice.keys.member.reveal());
    const { report } = await status('--all');
    expect(report.profiles.map((one: { profile: string }) => one.profile)).toEqual([
      'development',
      'staging',
    ]);
  });

  it('follows the flag, the variable, the pin and the active profile, in that order', async () => {
    await machine.run(['use', 'staging', '--here']);
    const pinned = await status();
    expect(pinned.report).toMatchObject({ profile: 'staging', chosenBy: 'pin' });
    const byVariable = await machine.run(['status', '--json'], { env: { CASTKEYS_PROFILE: 'development' } });
    expect(JSON.parse(byVariable.stdout)).toMatchObject({ profile: 'development', chosenBy: 'environment' });
    expect((await status('--profile', 'staging')).report).toMatchObject({ chosenBy: 'flag' });
  });

  it('does not follow a pin to production that nobody agreed to', async () => {
    await machine.setUp('production', machine.practice.keys.readonly.reveal());
    writeFileSync(join(machine.project, '.castkeys.json'), '{"profile": "production"}');
    const refused = await machine.run(['status', '--json']);
    expect(refused.exitCode).toBe(2);
    expect(JSON.parse(refused.stdout).error).toMatchObject({ code: 'pin-untrusted' });
    expect((await machine.run(['use', 'production'])).exitCode).toBe(2);
    expect((await machine.run(['use', 'production', '--here', '--yes'])).exitCode).toBe(0);
    expect((await status()).report).toMatchObject({ profile: 'production', chosenBy: 'pin' });
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';

interface Check {
  readonly id: string;
  readonly state: string;
  readonly [field: string]: unknown;
}

const ids = [
  'keychain',
  'plaintext',
  'gitignore',
  'keys-live',
  'distinct-keys',
  'least-privilege',
  'service-account',
  'key-age',
  'old-keys',
  'leaks',
  'webhook',
  'audit-log',
];
const states = ['pass', 'warn', 'fail', 'unknown', 'skip'];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const stateOf = (report: { readonly checks: readonly Check[] }, id: string): string | undefined =>
  report.checks.find(check => check.id === id)?.state;

describeWithKeyring('castkeys status', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
    await machine.setUp('staging', machine.practice.keys.member.reveal());
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('prints one JSON document, shaped as the contract says', async () => {
    const ran = await machine.run(['status', '--json']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const report = JSON.parse(ran.stdout);
    expect(report).toMatchObject({ profile: 'development', chosenBy: 'active' });
    const holding = report.checks.filter(({ state }: Check) => state === 'pass' || state === 'skip');
    expect(report.ready).toBe(holding.length === ids.length);
    expect(report.measuredAt).toMatch(instant);
    expect(report.checks.map((check: Check) => check.id)).toEqual(ids);
    for (const check of report.checks) {
      expect(states).toContain(check.state);
      expect(check).toMatchObject({
        title: expect.any(String),
        evidence: expect.any(String),
        measuredAt: expect.stringMatching(instant),
      });
      if ('fix' in check) expect(check.fix).toEqual(expect.any(String));
    }
    expect(stateOf(report, 'keychain')).toBe('pass');
    expect(stateOf(report, 'keys-live')).toBe('pass');
    expect(stateOf(report, 'distinct-keys')).toBe('pass');
    expect(stateOf(report, 'gitignore')).toBe('skip');
  });

  it('says the same in words, and names the profile and why it is that one', async () => {
    const ran = await machine.run(['status']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toMatch(/development .*the active profile/);
    expect(ran.stdout).toMatch(/✓ Every key works/);
    expect(ran.stdout).not.toContain('\x1b');
  });

  it('ends with 3 when a check fails, and with --strict when not everything holds', async () => {
    // No scan has looked through this history yet: nothing fails, and not everything holds.
    const cwd = join(machine.directory, 'unscanned');
    execFileSync('git', ['init', '--quiet', cwd]);
    writeFileSync(join(cwd, '.gitignore'), '.env*\n');
    expect(await machine.run(['status'], { cwd })).toMatchObject({ exitCode: 0 });
    expect(await machine.run(['status', '--strict'], { cwd })).toMatchObject({ exitCode: 3 });
    await machine.practice.control.disable(machine.practice.keyIds.viewer);
    const ran = await machine.run(['status', '--json']);
    await machine.practice.control.enable(machine.practice.keyIds.viewer);
    expect(ran.exitCode).toBe(3);
    const report = JSON.parse(ran.stdout);
    expect(report.ready).toBe(false);
    expect(report.checks.find((check: Check) => check.id === 'keys-live')).toMatchObject({
      state: 'fail',
      fix: 'castkeys keys add --role reader --replace',
    });
  });

  it('concludes nothing of a key from a server that can not be understood', async () => {
    machine.practice.control.behave({ failures: [{ kind: 'html200' }] });
    const ran = await machine.run(['status', '--json']);
    machine.practice.control.behave({ failures: [] });
    expect(ran.exitCode).toBe(0);
    expect(stateOf(JSON.parse(ran.stdout), 'keys-live')).toBe('unknown');
  });

  it('measures every profile with --all', async () => {
    await machine.practice.control.disable(machine.practice.keyIds.member);
    const ran = await machine.run(['status', '--all', '--json']);
    await machine.practice.control.enable(machine.practice.keyIds.member);
    expect(ran.exitCode).toBe(3);
    const { profiles } = JSON.parse(ran.stdout);
    const measured = profiles.map((report: { profile: string; checks: Check[] }) => [
      report.profile,
      stateOf(report, 'keys-live'),
    ]);
    expect(measured).toEqual([
      ['development', 'pass'],
      ['staging', 'fail'],
    ]);
  });

  it('looks at the .gitignore of the repository it is called in', async () => {
    const cwd = join(machine.project, 'repository');
    mkdirSync(cwd);
    execFileSync('git', ['init', '--quiet'], { cwd });
    const gitignore = async () => {
      const ran = await machine.run(['status', '--json'], { cwd });
      return [ran.exitCode, stateOf(JSON.parse(ran.stdout), 'gitignore')];
    };
    expect(await gitignore()).toEqual([3, 'fail']);
    writeFileSync(join(cwd, '.gitignore'), '.env\n.env.local\n.env.*.local\n');
    expect(await gitignore()).toEqual([0, 'pass']);
  });

  it('does without git', async () => {
    const ran = await machine.run(['status', '--json'], { env: { PATH: '/nonexistent' } });
    expect(ran.exitCode).toBe(0);
    expect(stateOf(JSON.parse(ran.stdout), 'gitignore')).toBe('unknown');
  });

  it('touches neither network nor keychain with --offline', async () => {
    machine.practice.control.forgetRequests();
    // Whoever asked a frozen keyring would wait for it.
    machine.keyring.freeze();
    const started = performance.now();
    const ran = await machine.run(['status', '--offline', '--json']);
    const took = performance.now() - started;
    machine.keyring.thaw();
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(took).toBeLessThan(1000);
    expect(machine.practice.control.requests()).toEqual([]);
    const report = JSON.parse(ran.stdout);
    expect(stateOf(report, 'keychain')).toBe('unknown');
    expect(stateOf(report, 'keys-live')).toBe('unknown');
    expect(stateOf(report, 'distinct-keys')).toBe('pass');
    const noBus = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined };
    expect(await machine.run(['status', '--offline'], { env: noBus })).toMatchObject({ exitCode: 0 });
  });

  it('is what castkeys alone does without a terminal', async () => {
    expect((await machine.run([])).stdout).toMatch(/✓ Every key works/);
    expect(JSON.parse((await machine.run(['--json'])).stdout)).toMatchObject({ profile: 'development' });
  });
});

describe('castkeys status where there is nothing', () => {
  it('says that there is no profile yet', async () => {
    await using machine = await newMachine('none');
    for (const args of [['status'], ['status', '--all'], []]) {
      const ran = await machine.run(args);
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ran.stderr).toMatch(/There is no profile yet\.[\s\S]*castkeys setup/);
    }
    const error = JSON.parse((await machine.run(['status', '--json'])).stdout);
    expect(error).toMatchObject({ error: { code: 'profile-missing', next: 'castkeys setup' } });
  });
});

describeWithKeyring('castkeys status before a locked keychain', () => {
  it('ends with 4 at once where nobody is there to unlock it', async () => {
    await using machine = await newMachine();
    await machine.setUp();
    await machine.keyring.lock();
    const started = performance.now();
    const ran = await machine.run(['status', '--json']);
    expect(performance.now() - started).toBeLessThan(1500);
    expect(ran).toMatchObject({ exitCode: 4, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code: 'keychain-locked' } });
    expect(await machine.run(['run', '--', 'echo', 'ran'])).toMatchObject({ exitCode: 4, stdout: '' });
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine, program } from '../support/castkeys.ts';
import { start } from '../support/program.ts';

interface Check {
  readonly id: string;
  readonly state: string;
  readonly evidence: string;
}

/** What `run:` and `entry:` say in the page, by the word that tells them apart. */
const commandIn = (word: string): string =>
  readFileSync('docs/ci.md', 'utf8')
    .split('\n')
    .map(line => /(?:run|entry): (npx castkeys .*)$/.exec(line)?.[1] ?? '')
    .find(command => command.includes(word)) ?? '';

/** As a runner is: no keyring, nothing of castkeys', a checkout with castkeys among its dependencies. */
describe('castkeys in CI', () => {
  let machine: Machine;
  let keys: Readonly<Record<string, string>>;
  beforeAll(async () => {
    machine = await newMachine('none');
    const { viewer, member } = machine.practice.keys;
    keys = {
      CI: 'true',
      CASTAI_API_URL: machine.practice.url,
      CASTAI_READ_KEY: viewer.reveal(),
      CASTAI_WRITE_KEY: member.reveal(),
    };
    execFileSync('git', ['init', '--quiet', machine.project]);
    mkdirSync(join(machine.project, 'node_modules/.bin'), { recursive: true });
    symlinkSync(program, join(machine.project, 'node_modules/.bin/castkeys'));
    writeFileSync(join(machine.project, '.gitignore'), 'node_modules\n.env\n.env.*\n');
    writeFileSync(join(machine.project, 'package.json'), '{"private": true}');
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const shell = (command: string, env: Readonly<Record<string, string>>) =>
    start('sh', ['-c', command], { cwd: machine.project, env: { ...machine.env, ...env } }).ended;
  const say = (policy: object) =>
    writeFileSync(join(machine.project, '.castkeys.json'), JSON.stringify({ profile: 'production', policy }));
  const statesOf = (checks: readonly Check[]) =>
    Object.fromEntries(checks.map(({ id, state }) => [id, state]));

  it('is green with the documented job, where everything holds that applies', async () => {
    say({ scopes: ['read:*', 'write:*'], skip: { leaks: 'looked at elsewhere' } });
    const ran = await shell(commandIn('status'), keys);
    const report = JSON.parse(ran.stdout);
    expect(report).toMatchObject({ profile: 'production', chosenBy: 'variables', environment: 'production' });
    expect(statesOf(report.checks)).toEqual({
      keychain: 'skip',
      plaintext: 'pass',
      gitignore: 'pass',
      'keys-live': 'pass',
      'distinct-keys': 'pass',
      'least-privilege': 'pass',
      'service-account': 'pass',
      'key-age': 'skip',
      'old-keys': 'skip',
      leaks: 'skip',
      webhook: 'skip',
      'audit-log': 'skip',
    });
    expect([report.ready, ran.exitCode]).toEqual([true, 0]);
    expect(Object.values(keys).some(value => value.startsWith('castai') && holds(ran.raw, value))).toBe(
      false,
    );
  });

  it('is red where a key may do more than the policy says, and one in use elsewhere', async () => {
    say({ scopes: ['read:*'] });
    const ran = await shell(commandIn('status'), keys);
    expect(ran.exitCode).toBe(3);
    expect(statesOf(JSON.parse(ran.stdout).checks)).toMatchObject({
      'least-privilege': 'fail',
      'keys-live': 'pass',
    });
    const same = await shell(commandIn('status'), {
      ...keys,
      CASTAI_WRITE_KEY: keys['CASTAI_READ_KEY'] ?? '',
    });
    expect(statesOf(JSON.parse(same.stdout).checks)).toMatchObject({ 'distinct-keys': 'fail' });
  });

  it('hears a repository’s policy only in CI', async () => {
    say({ scopes: ['read:*', 'write:*'] });
    const ran = await shell(commandIn('status'), { ...keys, CI: '' });
    const report = JSON.parse(ran.stdout);
    expect(statesOf(report.checks)).toMatchObject({ 'least-privilege': 'fail' });
    expect(report.policyPassedOver).toMatch(/nobody here agreed to it/);
  });

  it('tells a dead key from an API that can not be reached', async () => {
    const dead = await shell(commandIn('status'), {
      ...keys,
      CASTAI_READ_KEY: machine.practice.keys.elsewhere.reveal(),
    });
    expect([dead.exitCode, statesOf(JSON.parse(dead.stdout).checks)['keys-live']]).toEqual([3, 'fail']);
    const away = await shell(`${commandIn('status')} --offline`, keys);
    expect(statesOf(JSON.parse(away.stdout).checks)).toMatchObject({
      'keys-live': 'unknown',
      keychain: 'skip',
    });
  });

  it('says what is wrong with a variable, and not what is in it', async () => {
    const ran = await shell(commandIn('status'), {
      ...keys,
      CASTAI_READ_KEY: `export X=${keys['CASTAI_READ_KEY']}`,
    });
    expect([ran.exitCode, JSON.parse(ran.stdout).error]).toEqual([
      2,
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining('CASTAI_READ_KEY holds no key'),
      }),
    ]);
    expect(holds(ran.raw, keys['CASTAI_READ_KEY'] ?? '')).toBe(false);
  });

  it('without any key asks for a profile', async () => {
    const ran = await shell(commandIn('status'), { CI: 'true' });
    expect([ran.exitCode, JSON.parse(ran.stdout).error.code]).toEqual([2, 'profile-unknown']);
  });

  it('keeps a key out of a commit with the documented hook', async () => {
    writeFileSync(join(machine.project, 'notes.txt'), `the key is ${keys['CASTAI_READ_KEY']}\n`);
    execFileSync('git', ['add', 'notes.txt'], { cwd: machine.project });
    const found = await shell(commandIn('scan'), {});
    execFileSync('git', ['rm', '--quiet', '--force', 'notes.txt'], { cwd: machine.project });
    expect(found.exitCode).toBe(3);
    expect((await shell(commandIn('scan'), {})).exitCode).toBe(0);
  });
});

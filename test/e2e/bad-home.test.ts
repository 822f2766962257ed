import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine, program } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';
import { onFullDisk } from './support/full-disk.ts';

const adding = ['profiles', 'add', 'x', '--environment', 'other', '--region', 'us'];

describeWithKeyring('a home in trouble', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  /** Verbs that read, and verbs that write. */
  const verbs = () => [
    ['profiles'],
    ['profiles', '--json'],
    ['status'],
    ['run', '--', 'echo', 'ran'],
    ['keys'],
    adding,
    ['use', 'development'],
    ['setup', '--answers', machine.writeAnswers({})],
  ];

  it.each([
    ['empty', '', 'config-invalid'],
    ['cut short', '{"version": 1,', 'config-invalid'],
    ['a list', '[1, 2]', 'config-invalid'],
    [
      'of the wrong types',
      '{"version": 1, "installId": 7, "profiles": {}, "credentials": {}}',
      'config-invalid',
    ],
    ['of bytes that are no text', '\xff\xfe\x00', 'config-invalid'],
    ['of a newer castkeys', '{"version": 99, "profiles": {}}', 'config-newer'],
  ])('whose settings are %s is said so, and they stay byte for byte', async (_, content, code) => {
    const home = join(machine.directory, 'damaged');
    mkdirSync(home, { recursive: true });
    const file = join(home, 'config.json');
    writeFileSync(file, content, 'latin1');
    const before = readFileSync(file);
    for (const args of verbs()) {
      const ran = await machine.run(args, { env: { CASTKEYS_HOME: home } });
      expect(ran.exitCode, args.join(' ')).toBe(2);
      expect(ran.stdout + ran.stderr).toMatch(/config\.json/);
      expect(ran.stdout + ran.stderr).toMatch(/next"?:/);
    }
    const { stdout } = await machine.run(['status', '--json'], { env: { CASTKEYS_HOME: home } });
    expect(JSON.parse(stdout).error.code).toBe(code);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(home).filter(name => name !== 'state')).toEqual(['config.json']);
  });

  it.each<[string, (file: string) => void]>([
    ['a directory', file => mkdirSync(file)],
    ['a link to itself', file => symlinkSync(file, file)],
  ])('whose settings can not be read, being %s, is said so', async (name, make) => {
    const home = join(machine.directory, name.replaceAll(' ', '-'));
    mkdirSync(home);
    make(join(home, 'config.json'));
    for (const args of verbs()) {
      const ran = await machine.run(args, { env: { CASTKEYS_HOME: home } });
      expect(ran.exitCode, args.join(' ')).toBe(2);
    }
    const { stdout } = await machine.run(['status', '--json'], { env: { CASTKEYS_HOME: home } });
    expect(JSON.parse(stdout).error.code).toBe('config-unreadable');
  });

  it.each([
    ['below a regular file', () => join(program, 'home')],
    ['below a device', () => '/dev/full/home'],
    ['where no file can be made', () => '/proc/castkeys'],
  ])('%s is said to be unwritable, and nothing is stored', async (_, where) => {
    const env = { CASTKEYS_HOME: where(), NEW_KEY: machine.practice.keys.member.reveal() };
    const before = storedCredentials(machine.keyring.env);
    for (const args of [
      adding,
      ['setup', '--answers', machine.writeAnswers({ environments: ['staging'] })],
    ]) {
      const ran = await machine.run(args, { env });
      expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
      expect(ran.stderr).toMatch(/can't be written[\s\S]*CASTKEYS_HOME/);
    }
    const { stdout } = await machine.run([...adding, '--json'], { env });
    expect(JSON.parse(stdout).error.code).toBe('home-unwritable');
    expect(storedCredentials(machine.keyring.env)).toEqual(before);
  });

  // Before anything is written on such a disk: the audit log of a copy that is thrown away is missed afterwards.
  it('on a full disk is good enough for what only reads', async () => {
    for (const args of [['run', '--', 'echo', 'ran'], ['status'], ['profiles']])
      expect(await onFullDisk(machine, args)).toMatchObject({ exitCode: 0 });
  });

  it.each([
    [adding],
    [['use', 'development', '--yes']],
    [['keys', 'add', '--role', 'writer', '--from-env', 'NEW_KEY']],
    [['keys', 'remove', '--yes']],
    [['profiles', 'remove', 'development', '--yes']],
  ])('on a full disk keeps what was there, and the keychain too: %j', async args => {
    const stored = storedCredentials(machine.keyring.env);
    const ran = await onFullDisk(machine, args, { NEW_KEY: machine.practice.keys.member.reveal() });
    expect(ran).toMatchObject({ exitCode: 1, signal: null });
    expect(ran.stderr).toMatch(/can't be written: .*\. What was there is unchanged/);
    expect(ran.stderr).not.toMatch(/the settings changed|config\.json\./);
    expect(storedCredentials(machine.keyring.env)).toEqual(stored);
  });

  it('is private, and stays so', async () => {
    for (const path of [machine.home, join(machine.home, 'state')])
      expect(statSync(path).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(machine.home, { recursive: true, encoding: 'utf8' })) {
      const found = statSync(join(machine.home, name));
      if (found.isFile()) expect([name, found.mode & 0o777]).toEqual([name, 0o600]);
    }
  });
});

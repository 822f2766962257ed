import { afterAll, beforeAll, expect, it } from 'vitest';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key } from '../support/terminal.ts';
import { nameAnother } from './support/typing.ts';

const badNames: readonly (readonly [string, string])[] = [
  ['a slash', 'a/b'],
  ['a way up', '../outside'],
  ['dots only', '..'],
  ['control characters', 'a\x1b[2Jb'],
  ['an emoji', 'prod🚀'],
  ['300 characters', 'x'.repeat(300)],
  ['a space', 'my profile'],
  ['a leading dash', '-x'],
  ['nothing', ''],
];

describeWithKeyring('words that castkeys can not take', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const nothingIsRegistered = async () => {
    const { stdout } = await machine.run(['profiles', '--json']);
    expect(JSON.parse(stdout)).toEqual({ profiles: [] });
  };

  it.each(badNames)('a profile name with %s, as an argument', async (_, name) => {
    const ran = await machine.run(['profiles', 'add', name, '--environment', 'other', '--region', 'us']);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/next: \S/);
    expect(ran.raw.includes('\x1b')).toBe(false);
    expect(ran.stderr.length).toBeLessThan(500);
    await nothingIsRegistered();
  });

  it.each(badNames)('a profile name with %s, for --profile and in the environment', async (_, name) => {
    const used = await machine.run(['status', `--profile=${name}`]);
    const fromEnvironment = await machine.run(['status'], { env: { CASTKEYS_PROFILE: name } });
    for (const ran of [used, fromEnvironment]) {
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ran.raw.includes('\x1b')).toBe(false);
    }
    const begun = await machine.run(['setup', `--profile=${name}`, '--answers', machine.writeAnswers({})]);
    expect(begun.exitCode).toBe(2);
    await nothingIsRegistered();
  });

  it('a profile name typed in the wizard, until it is one', async () => {
    await using terminal = machine.open(['setup']);
    await nameAnother(terminal, 'a/b');
    await terminal.waitFor(/starts with a letter or digit/);
    terminal.type(key.ctrl('u'));
    for (const [typed, problem] of [
      ['x'.repeat(300), /at most 63 characters/],
      ['prod🚀', /starts with a letter or digit/],
    ] as const) {
      terminal.type(typed);
      terminal.type(key.enter);
      await terminal.waitFor(problem);
      terminal.type(key.ctrl('u'));
    }
    terminal.type(`sandbox${key.enter}`);
    await terminal.waitFor('In which region');
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
  });

  it.each([
    [['bogus']],
    [['profiles', 'frobnicate']],
    [['keys', 'frobnicate']],
    [['status', '--no-such-option']],
    [['status', '--profile']],
    [['use', 'a', 'b']],
    [['profiles', 'show']],
    [['profiles', 'add', 'x', '--environment', 'moon', '--region', 'us']],
    [['profiles', 'add', 'x', '--environment', 'other']],
    [['profiles', 'add', 'x', '--environment', 'other', '--region', 'http://example.com']],
    [['profiles', 'add', 'x', '--environment', 'other', '--region', 'ftp://127.0.0.1']],
    [['profiles', 'add', 'x', '--environment', 'other', '--region', 'https://user:password@example.com']],
    [['profiles', 'add', 'x', '--environment', 'other', '--region', 'us', '--scopes', 'everything']],
    [['profiles', 'add', 'x', '--environment', 'other', '--region', 'us', '--max-age', '-1']],
    [['practice', '--port', 'many']],
    [['setup', '--answers', '/nonexistent']],
    [['setup']],
  ])('%j: says so, with the next command, and as JSON where that was asked for', async args => {
    const ran = await machine.run(args);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/next: \S/);
    const asJson = await machine.run([...args, '--json']);
    expect(asJson).toMatchObject({ exitCode: 2, stderr: '' });
    expect(JSON.parse(asJson.stdout)).toEqual({
      error: { code: expect.any(String), message: expect.any(String), next: expect.any(String) },
    });
    await nothingIsRegistered();
  });

  it('answers that can not be used change nothing, and a secret among them is not repeated', async () => {
    const secret = machine.practice.keys.viewer.reveal();
    const practising = { environments: ['development'], 'profile.region': 'practice' };
    for (const answers of [
      { 'no.such.question': 'x' },
      { environments: ['moon'] },
      { ...practising, 'key.reader': secret },
      { ...practising, 'key.reader': 7 },
      { ...practising, 'key.reader': { env: 'NOT_SET' } },
      { ...practising, 'key.reader': { file: '/nonexistent' } },
      { [secret]: 'x' },
    ]) {
      const ran = await machine.run(['setup', '--answers', machine.writeAnswers(answers), '--json']);
      expect(ran.exitCode).toBe(2);
      expect(holds(ran.raw, secret)).toBe(false);
    }
    const notJson = await machine.run(['setup', '--answers', '-'], { input: secret });
    expect(notJson.exitCode).toBe(2);
    expect(holds(notJson.raw, secret)).toBe(false);
    await nothingIsRegistered();
  });

  it('CASTKEYS_STORE with another word', async () => {
    const ran = await machine.run(['status'], { env: { CASTKEYS_STORE: 'plaintext' } });
    expect(ran.exitCode).toBe(2);
  });
});

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key } from '../support/terminal.ts';

describeWithKeyring('bad input', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(async () => {
    await machine[Symbol.asyncDispose]();
  });

  it.each([
    ['empty', ''],
    ['not JSON', '{"version": 1,'],
    ['JSON of something else', '[1, 2]'],
    ['of the wrong types', '{"version": 1, "installId": 7, "profiles": {}, "credentials": {}}'],
    ['of a newer castkeys', '{"version": 99}'],
  ])('a config that is %s is said so, and left byte for byte', async (_what, content) => {
    const home = join(machine.directory, 'damaged');
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'config.json'), content);
    const env = { CASTKEYS_HOME: home };
    for (const args of [
      ['profiles'],
      ['status'],
      ['run', '--', 'true'],
      ['setup', '--answers', machine.writeAnswers({})],
    ]) {
      const ended = await machine.run(args, { env });
      expect(ended.exitCode, args.join(' ')).toBe(2);
      expect(ended.stderr).toMatch(/config\.json/);
      expect(ended.stderr).toMatch(/next: /);
    }
    expect(readFileSync(join(home, 'config.json'), 'utf8')).toBe(content);
  });

  it('a config that can not be read is said so', async () => {
    const home = join(machine.directory, 'unreadable');
    mkdirSync(join(home, 'config.json'), { recursive: true });
    expect((await machine.run(['profiles'], { env: { CASTKEYS_HOME: home } })).exitCode).toBe(2);
  });

  it('a home that can not be written is said so', async () => {
    const file = join(machine.directory, 'a-file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    const ended = await machine.run(['profiles', 'add', 'x', '--environment', 'other', '--region', 'us'], {
      env: { CASTKEYS_HOME: join(file, 'home') },
    });
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toMatch(/can't be written/);
  });

  it('a full disk is said so, and what was there stays', async () => {
    const ended = await machine.run(['profiles', 'add', 'x', '--environment', 'other', '--region', 'us'], {
      env: { CASTKEYS_HOME: '/dev/full/home' },
    });
    expect(ended.exitCode).toBe(1);
  });

  it.each([
    ['a slash', 'a/b'],
    ['dots only', '..'],
    ['control characters', 'a\u001b[2Jb'],
    ['an emoji', 'prod🚀'],
    ['300 characters', 'x'.repeat(300)],
    ['a leading dash', '-x'],
    ['nothing', ''],
  ])('a profile name with %s is refused', async (_what, name) => {
    const ended = await machine.run(
      ['profiles', 'add', '--environment', 'other', '--region', 'us', '--', name].filter(
        word => word !== '--',
      ),
    );
    expect(ended.exitCode).toBe(2);
    expect(ended.raw.includes('\u001b[2J')).toBe(false);
  });

  it.each([
    [['bogus']],
    [['profiles', 'frobnicate']],
    [['status', '--no-such-option']],
    [['use', 'a', 'b']],
    [['profiles', 'add', 'x', '--environment', 'moon', '--region', 'us']],
    [['profiles', 'add', 'x', '--environment', 'other', '--region', 'http://example.com']],
    [['profiles', 'add', 'x', '--environment', 'other', '--region', 'https://api.castai.com']],
    [['practice', '--port', 'many']],
    [['setup']],
  ])('%j is a usage error that names the next command', async args => {
    const ended = await machine.run(args);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/next: \S/);
    const asJson = await machine.run([...args, '--json']);
    expect(asJson.exitCode).toBe(2);
    expect(JSON.parse(asJson.stdout).error).toMatchObject({
      code: expect.any(String),
      next: expect.any(String),
    });
  });

  it('answers that can not be used change nothing', async () => {
    const secret = machine.practice.keys.viewer.reveal();
    for (const answers of [
      { 'no.such.question': 'x' },
      { 'profile.environment': 'moon' },
      { 'profile.environment': 'development', 'profile.region': 'practice', 'key.reader': secret },
      {
        'profile.environment': 'development',
        'profile.region': 'practice',
        'key.reader': { env: 'NOT_SET' },
      },
    ]) {
      const ended = await machine.run(['setup', '--answers', machine.writeAnswers(answers), '--json']);
      expect(ended.exitCode).toBe(2);
      expect(holds(ended.raw, secret)).toBe(false);
    }
    expect((await machine.run(['profiles', '--json'])).stdout).toBe('{\n  "profiles": []\n}\n');
  });

  it('a window of 20x5 is too small for the screen, and says what to do', async () => {
    await using terminal = machine.open(['setup'], { columns: 20, rows: 5 });
    expect((await terminal.exited).exitCode).toBe(2);
    expect(terminal.raw().toString()).toMatch(/--answers/);
    expect(terminal.modes().alternateScreen).toBe(false);
  });

  it('pastes that are no key are refused in words, a megabyte as well as two lines', async () => {
    await using terminal = machine.open(['setup', '--profile', 'pasting']);
    await terminal.waitFor('Which environment');
    terminal.type(key.enter);
    await terminal.waitFor('In which region');
    terminal.type(`5`);
    await terminal.waitFor('❯ Practice');
    terminal.type(key.enter);
    await terminal.waitFor('Paste the API key');
    terminal.paste('first line\nsecond line');
    await terminal.waitFor('received');
    terminal.type(key.enter);
    await terminal.waitFor(/more than one line/);
    terminal.paste('y'.repeat(1_000_000));
    await terminal.waitFor('received');
    terminal.type(key.enter);
    await terminal.waitFor(/long|512/);
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key } from '../support/terminal.ts';

describeWithKeyring('castkeys run', () => {
  let machine: Machine;
  let secret: string;
  const sh = (script: string, options: Parameters<Machine['run']>[1] = {}) =>
    machine.run(['run', '--', 'sh', '-c', script], options);

  beforeAll(async () => {
    machine = await newMachine();
    secret = machine.practice.keys.viewer.reveal();
    await machine.setUp();
  });
  afterAll(async () => {
    await machine[Symbol.asyncDispose]();
  });

  it('gives the command its variables, and no others of ours', async () => {
    const { stdout } = await sh('env', {
      env: {
        MINE: secret,
        HEADER: `Bearer ${secret}`,
        OTHER: 'unrelated and long enough to look at',
        CASTKEYS_PASSPHRASE: 'a passphrase',
        CASTAI_ORGANIZATION_ID: 'of another profile',
      },
    });
    const env = Object.fromEntries(
      stdout.split('\n').map(line => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
    );
    expect(env).toMatchObject({
      CASTAI_API_TOKEN: secret,
      CASTAI_API_KEY: secret,
      CASTAI_API_URL: machine.practice.url,
      CASTAI_ORGANIZATION_ID: machine.practice.organizationId,
      CASTKEYS_PROFILE: 'development',
      OTHER: 'unrelated and long enough to look at',
    });
    for (const gone of ['MINE', 'HEADER', 'CASTKEYS_PASSPHRASE']) expect(env).not.toHaveProperty(gone);
  });

  it.each([
    ['its own exit code', ['sh', '-c', 'exit 42'], 42],
    ['128+n for a signal', ['sh', '-c', 'kill -KILL $$'], 137],
    ['127 for a command that is not there', ['no-such-command'], 127],
    ['126 for one that is not executable', ['/etc/passwd'], 126],
  ])('ends with %s', async (_what, command, exitCode) => {
    expect((await machine.run(['run', '--', ...command])).exitCode).toBe(exitCode);
  });

  it('passes stdin through, and a megabyte of output whole', async () => {
    expect((await sh('cat', { input: 'from outside' })).stdout).toBe('from outside');
    expect((await sh('head -c 1000000 /dev/zero | tr "\\0" x')).stdout).toHaveLength(1_000_000);
  });

  it('leaves SIGPIPE as it is: a pipeline ends by itself', async () => {
    expect(await sh('yes | head -1')).toMatchObject({ exitCode: 0, stdout: 'y\n', stderr: '' });
  });

  it('is a terminal for the command, which gets Ctrl+C exactly once', async () => {
    const script =
      'test -t 0 && test -t 1 && echo is-a-tty; trap "echo caught" INT; while :; do read line && break; done; exit 5';
    await using terminal = machine.open(['run', '--', 'bash', '-c', script]);
    await terminal.waitFor('is-a-tty');
    terminal.type(key.ctrl('c'));
    await terminal.waitFor('caught');
    terminal.type(key.enter);
    expect((await terminal.exited).exitCode).toBe(5);
    expect(
      terminal
        .raw()
        .toString()
        .match(/caught/g),
    ).toHaveLength(1);
  });

  it('replaces references in an env file', async () => {
    const file = join(machine.project, 'keys.env');
    writeFileSync(file, 'TF_VAR_key=castkeys://development/reader\nPLAIN=text\n');
    const { stdout } = await machine.run([
      'run',
      '--env-file',
      file,
      '--',
      'sh',
      '-c',
      'printf "%s %s" "$TF_VAR_key" "$PLAIN"',
    ]);
    expect(stdout).toBe(`${secret} text`);
    writeFileSync(file, 'KEY=castkeys://development/owner\n');
    expect((await machine.run(['run', '--env-file', file, '--', 'true'])).exitCode).toBe(2);
  });

  it.each([
    ['a role without a key', ['run', '--role', 'writer', '--', 'true'], {}, 2],
    ['an unknown profile', ['run', '--profile', 'nowhere', '--', 'true'], {}, 2],
    ['no command', ['run'], {}, 2],
    ['another address', ['run', '--', 'true'], { CASTAI_API_URL: 'https://api.cast.ai' }, 2],
  ])('runs nothing for %s', async (_what, args, env, exitCode) => {
    const refused = await machine.run(args, { env });
    expect(refused.exitCode).toBe(exitCode);
    expect(refused.stderr).toMatch(/next: /);
  });
});

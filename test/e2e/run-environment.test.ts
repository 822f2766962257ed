import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';

/** A command that prints its environment as JSON. */
const printEnvironment = [process.execPath, '-e', 'process.stdout.write(JSON.stringify(process.env))'];

describeWithKeyring('the environment of a command', () => {
  let machine: Machine;
  let reader: string;
  let writer: string;
  beforeAll(async () => {
    machine = await newMachine();
    reader = machine.practice.keys.viewer.reveal();
    writer = machine.practice.keys.member.reveal();
    await machine.setUp();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const environmentOf = async (
    options: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Readonly<Record<string, string>>> => {
    const ran = await machine.run(['run', ...options, '--', ...printEnvironment], { env });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    return JSON.parse(ran.stdout);
  };

  it('has the key under both names, the address, the organization and the profile', async () => {
    const env = await environmentOf();
    expect(env).toMatchObject({
      CASTAI_API_TOKEN: reader,
      CASTAI_API_KEY: reader,
      CASTAI_API_URL: machine.practice.url,
      CASTAI_ORGANIZATION_ID: machine.practice.organizationId,
      CASTKEYS_PROFILE: 'development',
      PATH: machine.env['PATH'],
    });
    expect(env).not.toHaveProperty('CASTAI_READ_KEY');
    expect(env).not.toHaveProperty('CASTAI_SECRET');
  });

  it('has both keys by name once both slots are filled, and only the one asked for with --role', async () => {
    const added = await machine.run(['keys', 'add', '--role', 'writer', '--from-env', 'NEW_KEY'], {
      env: { NEW_KEY: writer },
    });
    expect(added.exitCode).toBe(0);
    const both = { CASTAI_API_KEY: reader, CASTAI_READ_KEY: reader, CASTAI_WRITE_KEY: writer };
    expect(await environmentOf()).toMatchObject(both);
    const asWriter = await environmentOf(['--role', 'writer']);
    expect(asWriter).toMatchObject({ CASTAI_API_KEY: writer, CASTAI_API_TOKEN: writer });
    expect(asWriter).not.toHaveProperty('CASTAI_READ_KEY');
    expect(asWriter).not.toHaveProperty('CASTAI_WRITE_KEY');
  });

  it('has neither a passphrase nor a variable that holds one of our keys', async () => {
    const env = await environmentOf(['--role', 'reader'], {
      CASTKEYS_PASSPHRASE: 'correct horse',
      CASTKEYS_PASSPHRASE_FILE: '/nowhere',
      TF_VAR_castai_token: writer,
      HEADER: `Authorization: Bearer ${writer}`,
      CASTAI_WRITE_KEY: writer,
      CASTAI_ORGANIZATION_ID: 'of another shell',
      KEPT: 'as it is',
    });
    expect(Object.keys(env).filter(name => name.startsWith('CASTKEYS_PASSPHRASE'))).toEqual([]);
    expect(Object.values(env).filter(value => value.includes(writer))).toEqual([]);
    expect(env).toMatchObject({ KEPT: 'as it is', CASTAI_ORGANIZATION_ID: machine.practice.organizationId });
  });

  it('takes an env file, with keys of any profile by reference', async () => {
    const file = join(machine.project, 'ci.env');
    writeFileSync(file, 'PLAIN=text\nTOKEN=castkeys://development/writer\nCASTAI_API_KEY=overridden\n');
    const env = await environmentOf(['--env-file', file]);
    expect(env).toMatchObject({ PLAIN: 'text', TOKEN: writer, CASTAI_API_KEY: reader });
  });

  it.each([
    ['castkeys://nobody/reader', /nobody has no reader key/],
    ['castkeys://development/admin', /neither reader nor writer/],
  ])('runs nothing where an env file refers to nothing: %s', async (reference, why) => {
    const file = join(machine.project, 'bad.env');
    writeFileSync(file, `TOKEN=${reference}\n`);
    const ran = await machine.run(['run', '--env-file', file, '--', 'echo', 'ran']);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(why);
  });

  it('runs nothing where CASTAI_API_URL names another address', async () => {
    const env = { CASTAI_API_URL: 'https://api.example.com' };
    const ran = await machine.run(['run', '--', 'echo', 'ran'], { env });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/bound to http:\/\/127/);
    const same = { CASTAI_API_URL: `${machine.practice.url}/` };
    expect(await machine.run(['run', '--', 'echo', 'ran'], { env: same })).toMatchObject({ stdout: 'ran\n' });
  });

  it('runs nothing for a profile or a role without a key', async () => {
    const options = [
      ['--profile', 'nobody'],
      ['--role', 'owner'],
      ['--profile', 'empty'],
    ];
    await machine.run(['profiles', 'add', 'empty', '--environment', 'other', '--region', 'us']);
    for (const words of options) {
      const ran = await machine.run(['run', ...words, '--', 'echo', 'ran']);
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ran.stderr).toMatch(/next: \S/);
    }
  });

  it('runs nothing without a command behind the dashes', async () => {
    for (const args of [['run'], ['run', '--'], ['run', 'echo', 'ran'], ['run', 'echo', '--', 'ran']]) {
      expect(await machine.run(args)).toMatchObject({ exitCode: 2, stdout: '' });
    }
  });
});

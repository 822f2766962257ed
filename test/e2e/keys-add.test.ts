import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine, type RunOptions } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';

describeWithKeyring('castkeys keys add', () => {
  let machine: Machine;
  let viewer: string;
  let member: string;
  beforeAll(async () => {
    machine = await newMachine();
    viewer = machine.practice.keys.viewer.reveal();
    member = machine.practice.keys.member.reveal();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  let profiles = 0;
  let profile = '';
  beforeEach(async () => {
    for (const name of Object.keys(registered().profiles))
      await machine.run(['profiles', 'remove', name, '--yes']);
    profiles += 1;
    profile = `profile-${profiles}`;
    const options = ['--environment', 'development', '--region', machine.practice.url];
    expect(await machine.run(['profiles', 'add', profile, ...options])).toMatchObject({ exitCode: 0 });
  });

  const registered = () => (profiles === 0 ? { profiles: {} } : machine.config());
  const add = (words: readonly string[], options?: RunOptions) =>
    machine.run(['keys', 'add', '--profile', profile, ...words], options);
  const keyOf = async (role: string): Promise<string> => {
    const command = ['sh', '-c', 'printf %s "$CASTAI_API_KEY"'];
    return (await machine.run(['run', '--profile', profile, '--role', role, '--', ...command])).stdout;
  };

  it('takes a key from standard input', async () => {
    expect(await add(['--key-stdin'], { input: `${viewer}\n` })).toMatchObject({
      exitCode: 0,
      stdout: `The reader key of ${profile} is in the keychain.\n`,
    });
    expect(await keyOf('reader')).toBe(viewer);
    const { slots, organization } = machine.config().profiles[profile] ?? {};
    expect(storedCredentials(machine.keyring.env)).toEqual([slots?.reader]);
    expect(organization?.id).toBe(machine.practice.organizationId);
  });

  it('takes a key from a variable', async () => {
    expect(
      await add(['--from-env', 'MY_KEY', '--role', 'writer'], { env: { MY_KEY: member } }),
    ).toMatchObject({
      exitCode: 0,
    });
    expect(await keyOf('writer')).toBe(member);
  });

  it('takes a key from a dotenv file, under the names that are usual', async () => {
    const file = join(machine.project, '.env');
    writeFileSync(file, `# Cast AI\nexport CASTAI_API_TOKEN="${viewer}"\nOTHER=1\n`);
    expect(await add(['--from-dotenv', file])).toMatchObject({ exitCode: 0 });
    expect(await keyOf('reader')).toBe(viewer);
  });

  it('prints one event a line with --json, and no key', async () => {
    const ran = await add(['--key-stdin', '--json'], { input: viewer });
    const events = ran.stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(events.at(-1)).toEqual({ type: 'finished', outcome: 'finished' });
    expect(holds(ran.raw, viewer)).toBe(false);
  });

  it('asks for a source where nobody is there to paste, and names them all', async () => {
    const ran = await add([], { input: viewer });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    for (const option of ['--key-stdin', '--from-env', '--from-dotenv']) expect(ran.stderr).toContain(option);
    expect(storedCredentials(machine.keyring.env)).toEqual([]);
  });

  it('refuses a key on the command line, and does not repeat it', async () => {
    for (const words of [[viewer], ['--key', viewer], [`--key=${viewer}`], ['--from-env', viewer]]) {
      const ran = await add(words);
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ran.stderr).toMatch(/key on the command line|Unknown option/);
      expect(holds(ran.raw, viewer)).toBe(false);
      expect(holds(ran.raw, viewer.slice(0, 30))).toBe(false);
    }
    const misplaced = await machine.run([viewer]);
    expect(misplaced.exitCode).toBe(2);
    expect(holds(misplaced.raw, viewer)).toBe(false);
  });

  it('leaves a taken slot alone without --replace', async () => {
    await add(['--key-stdin'], { input: viewer });
    const ran = await add(['--key-stdin', '--json'], { input: member });
    expect(ran.exitCode).toBe(1);
    expect(JSON.parse(ran.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      error: { code: 'slot-taken', next: expect.stringContaining('--replace') },
    });
    expect(await keyOf('reader')).toBe(viewer);
    expect(await add(['--key-stdin', '--replace'], { input: member })).toMatchObject({ exitCode: 0 });
    expect(await keyOf('reader')).toBe(member);
  });

  it('refuses a key that another role or profile holds', async () => {
    await add(['--key-stdin'], { input: viewer });
    const words = ['--key-stdin', '--json', '--role', 'writer'];
    for (const where of [profile, 'another']) {
      const options = ['--environment', 'staging', '--region', machine.practice.url];
      if (where === 'another') await machine.run(['profiles', 'add', where, ...options]);
      const ran = await machine.run(['keys', 'add', '--profile', where, ...words], { input: viewer });
      expect(ran.exitCode).toBe(1);
      expect(JSON.parse(ran.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
        error: { code: 'duplicate-key', message: expect.stringContaining(`reader key of ${profile}`) },
      });
    }
    expect(storedCredentials(machine.keyring.env)).toHaveLength(1);
  });

  it('stores the admin credential for the organization, and never hands it to a command', async () => {
    const admin = machine.practice.keys.admin.reveal();
    expect(await add(['--role', 'admin', '--key-stdin'], { input: admin })).toMatchObject({ exitCode: 0 });
    const { practice } = machine;
    expect(Object.keys(machine.config().admins)).toEqual([`${practice.url} ${practice.organizationId}`]);
    expect(machine.config().profiles[profile]?.slots).toEqual({});
    const ran = await machine.run(['run', '--profile', profile, '--role', 'admin', '--', 'env']);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it.each([
    ['nothing', ''],
    ['several lines', 'one-key-of-old\nanother-key-of-old\n'],
    ['a megabyte', 'x'.repeat(1_048_576)],
    ['a NUL', 'castai_v1_a\0b'],
  ])('stores nothing where standard input holds %s', async (_, input) => {
    const ran = await add(['--key-stdin'], { input });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/Nothing was stored/);
    expect(ran.stderr.length).toBeLessThan(500);
  });

  it('stores nothing where a variable or a file holds no key, or more than one source is named', async () => {
    const file = join(machine.project, 'two.env');
    writeFileSync(file, `CASTAI_API_KEY=${viewer}\nCASTAI_API_TOKEN=${member}\n`);
    for (const words of [
      ['--from-env', 'NOT_SET'],
      ['--from-dotenv', join(machine.project, 'missing')],
      ['--from-dotenv', file],
      ['--key-stdin', '--from-env', 'PATH'],
    ]) {
      const ran = await add(words);
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(holds(ran.raw, viewer)).toBe(false);
    }
  });
});

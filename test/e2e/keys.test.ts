import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesHolding, holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';

describeWithKeyring('castkeys keys add', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.run([
      'profiles',
      'add',
      'dev',
      '--environment',
      'development',
      '--region',
      machine.practice.url,
    ]);
    await machine.run([
      'profiles',
      'add',
      'other',
      '--environment',
      'other',
      '--region',
      machine.practice.url,
      '--organization',
      machine.practice.organizationId,
    ]);
  });
  afterAll(async () => {
    await machine[Symbol.asyncDispose]();
  });

  const add = (key: string, ...more: readonly string[]) =>
    machine.run(['keys', 'add', '--key-stdin', '--json', ...more], { input: `${key}\n` });
  const codeOf = (stdout: string) => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').error?.code;

  it('names its sources where nobody can be asked', async () => {
    const refused = await machine.run(['keys', 'add', '--role', 'reader']);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/--key-stdin, --from-env VAR or --from-dotenv FILE/);
  });

  it('never takes a key from the command line, nor repeats it', async () => {
    const secret = machine.practice.keys.viewer.reveal();
    const refused = await machine.run(['keys', 'add', secret]);
    expect(refused.exitCode).toBe(2);
    expect(holds(refused.raw, secret)).toBe(false);
  });

  it.each([
    ['a wrong one', () => ['castai', 'v1', 'a'.repeat(64), 'b'.repeat(8)].join('_'), 5, 'key-invalid'],
    ['a truncated one', () => machine.practice.keys.viewer.reveal().slice(0, 60), 5, 'key-invalid'],
    ['one of another region', () => machine.practice.keys.elsewhere.reveal(), 5, 'key-invalid'],
    ['white space inside', () => 'two words', 2, 'usage'],
    ['nothing', () => '', 2, 'usage'],
    ['a megabyte', () => 'x'.repeat(1_000_000), 2, 'usage'],
  ])('refuses %s and stores nothing', async (_what, key, exitCode, code) => {
    const refused = await add(key());
    expect(refused.exitCode).toBe(exitCode);
    expect(codeOf(refused.stdout)).toBe(code);
    const { keys } = JSON.parse((await machine.run(['keys', '--json'])).stdout);
    expect(keys).toEqual([]);
  });

  it('refuses disabled and expired keys', async () => {
    const { control, keyIds, keys } = machine.practice;
    await control.disable(keyIds.member);
    expect((await add(keys.member.reveal())).exitCode).toBe(5);
    await control.enable(keyIds.member);
    await control.expire(keyIds.personal);
    expect((await add(keys.personal.reveal())).exitCode).toBe(5);
  });

  it("refuses a key of another organization than the profile's", async () => {
    const refused = await add(machine.practice.keys.stranger.reveal(), '--profile', 'other');
    expect(refused.exitCode).toBe(5);
    expect(codeOf(refused.stdout)).toBe('organization-mismatch');
  });

  it.each([
    ['HTML instead of JSON', { kind: 'html200' }],
    ['truncated JSON', { kind: 'truncated' }],
    ['a dropped connection', { kind: 'dropBefore' }],
    ['a server error', { kind: 'serverError' }],
  ] as const)(
    'concludes nothing from %s',
    async (_what, failure) => {
      machine.practice.control.behave({ failures: [failure] });
      const ended = await add(machine.practice.keys.viewer.reveal());
      machine.practice.control.behave({ failures: [] });
      expect(ended.exitCode).toBe(6);
      expect(JSON.parse((await machine.run(['keys', '--json'])).stdout).keys).toEqual([]);
    },
    90_000,
  );

  it('takes a dotenv file, and then a variable for another role', async () => {
    const { viewer, member } = machine.practice.keys;
    const file = join(machine.project, 'pasted.env');
    writeFileSync(file, `# pasted\nCASTAI_API_KEY="${viewer.reveal()}"\r\n`);
    expect((await machine.run(['keys', 'add', '--from-dotenv', file])).exitCode).toBe(0);
    writeFileSync(file, '');
    const added = await machine.run(['keys', 'add', '--role', 'writer', '--from-env', 'FROM'], {
      env: { FROM: member.reveal() },
    });
    expect(added.exitCode).toBe(0);
    const both = await machine.run([
      'run',
      '--',
      'sh',
      '-c',
      'printf "%s\\n" "$CASTAI_READ_KEY" "$CASTAI_WRITE_KEY"',
    ]);
    expect(both.stdout).toBe(`${viewer.reveal()}\n${member.reveal()}\n`);
    for (const secret of [viewer, member])
      expect(filesHolding(machine.directory, secret.reveal())).toEqual([]);
  });

  it('refuses one key in two places, and a taken slot without --replace', async () => {
    const { viewer, readonly } = machine.practice.keys;
    const twice = await add(viewer.reveal(), '--profile', 'other');
    expect(twice.exitCode).toBe(1);
    expect(codeOf(twice.stdout)).toBe('duplicate-key');
    const taken = await add(readonly.reveal());
    expect(taken.exitCode).toBe(1);
    expect(codeOf(taken.stdout)).toBe('slot-taken');
    expect((await add(readonly.reveal(), '--replace')).exitCode).toBe(0);
    const used = await machine.run([
      'run',
      '--role',
      'reader',
      '--',
      'sh',
      '-c',
      'printf %s "$CASTAI_API_KEY"',
    ]);
    expect(used.stdout).toBe(readonly.reveal());
  });

  it('writes no escape sequence that a server put into a name', async () => {
    const { control, keys } = machine.practice;
    control.rename(machine.practice.organizationId, 'evil\u001b]0;owned\u0007\u001b[2Jname');
    const added = await add(keys.admin.reveal(), '--role', 'admin');
    expect(added.exitCode).toBe(0);
    const listed = await machine.run(['profiles', 'show', 'dev']);
    expect(Buffer.concat([added.raw, listed.raw]).includes('\u001b]0;')).toBe(false);
    expect(Buffer.concat([added.raw, listed.raw]).includes('\u001b[2J')).toBe(false);
  });

  it('removes a key only when told so, and then nothing is left of it', async () => {
    expect((await machine.run(['keys', 'remove', '--role', 'writer'])).exitCode).toBe(2);
    expect((await machine.run(['keys', 'remove', '--role', 'writer', '--yes'])).exitCode).toBe(0);
    expect((await machine.run(['run', '--role', 'writer', '--', 'true'])).exitCode).toBe(2);
    expect((await machine.run(['profiles', 'remove', 'dev', '--yes'])).exitCode).toBe(0);
    expect((await machine.run(['profiles', '--json'])).stdout).not.toContain('"dev"');
  });
});

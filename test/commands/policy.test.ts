import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../source/profiles/profiles.ts';
import { type ShellMachine, shellMachine } from './support/shell-machine.ts';

let machine: ShellMachine;
beforeAll(async () => {
  machine = await shellMachine();
  await castkeys('profiles', 'add', 'dev', '--environment', 'development', '--region', 'us');
});
afterAll(() => machine[Symbol.asyncDispose]());

const castkeys = (...args: readonly string[]) => machine.run('castkeys', args);
const policy = () => readConfig(machine.home)?.profiles['dev']?.policy;
const check = async (id: string) => {
  const { stdout } = await castkeys('status', '--offline', '--json');
  const { checks } = JSON.parse(stdout);
  return checks.find((one: { readonly id: string }) => one.id === id);
};
const pinFile = () => join(machine.directory, '.castkeys.json');

describe('castkeys profiles edit', () => {
  it('--expires-in says when keys that castkeys makes expire, until it is never again', async () => {
    expect(await castkeys('profiles', 'edit', 'dev', '--expires-in', '30')).toMatchObject({ exitCode: 0 });
    expect(policy()).toMatchObject({ expiresInDays: 30, maxAgeDays: 90 });
    expect((await castkeys('profiles', 'show', 'dev')).stdout).toMatch(/new keys expire +after 30 days/);
    await castkeys('profiles', 'edit', 'dev', '--expires-in', 'never');
    expect(policy()).not.toHaveProperty('expiresInDays');
  });

  it('--skip leaves a check out with its reason, one after the other, and takes it back', async () => {
    await castkeys('profiles', 'edit', 'dev', '--skip', 'webhook=we have none');
    await castkeys('profiles', 'edit', 'dev', '--skip', 'leaks=a=b');
    expect(policy()?.skip).toEqual({ webhook: 'we have none', leaks: 'a=b' });
    expect(await check('webhook')).toMatchObject({
      state: 'skip',
      evidence: 'the policy says: we have none',
    });
    await castkeys('profiles', 'edit', 'dev', '--skip', 'webhook=');
    await castkeys('profiles', 'edit', 'dev', '--skip', 'leaks=');
    expect(policy()).not.toHaveProperty('skip');
    expect(await check('webhook')).toMatchObject({ state: 'unknown' });
  });

  it.each([
    ['--skip', 'webhooks=no'],
    ['--skip', 'webhook'],
    ['--expires-in', '0'],
    ['--max-age', 'never'],
  ])('%s %s is exit 2 and changes nothing', async (option, value) => {
    const before = policy();
    const { exitCode, stdout, stderr } = await castkeys('profiles', 'edit', 'dev', option, value);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(option);
    expect(policy()).toEqual(before);
  });
});

describe('a policy in .castkeys.json', () => {
  it('silences nothing until somebody agreed to it, which pinning here asks for', async () => {
    const content = { policy: { skip: { webhook: 'trust me' } } };
    writeFileSync(pinFile(), JSON.stringify(content));
    expect(await check('webhook')).toMatchObject({ state: 'unknown' });
    const words = await castkeys('status', '--offline');
    expect(words.stderr).toContain('nobody here agreed to it');

    const refused = await castkeys('use', 'dev', '--here');
    expect(refused.exitCode).toBe(2);
    expect(JSON.parse(readFileSync(pinFile(), 'utf8'))).toEqual(content);

    expect(await castkeys('use', 'dev', '--here', '--yes')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('the check webhook is left out: trust me'),
    });
    expect(await check('webhook')).toMatchObject({ state: 'skip', evidence: 'the policy says: trust me' });

    writeFileSync(pinFile(), JSON.stringify({ ...content, profile: 'dev', consumers: [] }));
    expect(await check('webhook')).toMatchObject({ state: 'unknown' });
  });
});

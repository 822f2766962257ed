import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { readConfig } from '../../source/profiles/profiles.ts';
import { type ShellMachine, shellMachine } from './support/shell-machine.ts';

let machine: ShellMachine;
let server: PracticeServer;
beforeAll(async () => {
  [machine, server] = await Promise.all([shellMachine(), startPractice()]);
  await castkeys('profiles', 'add', 'dev', '--environment', 'development', '--region', server.url);
});
afterAll(async () => {
  await machine[Symbol.asyncDispose]();
  await server.close();
});

const castkeys = (...args: readonly string[]) =>
  machine.run('castkeys', args, {
    CASTKEYS_STORE: 'file',
    CASTKEYS_PASSPHRASE: 'a passphrase of several words',
    THE_KEY: server.keys.personal.reveal(),
    THE_ADMIN: server.keys.admin.reveal(),
  });

describe('castkeys keys adopt', () => {
  it('needs a key', async () => {
    expect(await castkeys('keys', 'adopt')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('castkeys keys add --role reader'),
    });
  });

  it('finds a key that has siblings, and then its age is known', async () => {
    await castkeys('keys', 'add', '--from-env', 'THE_KEY');
    await castkeys('keys', 'add', '--role', 'admin', '--from-env', 'THE_ADMIN');
    const age = async () => {
      const { checks } = JSON.parse((await castkeys('status', '--offline', '--json')).stdout);
      return checks.find((one: { readonly id: string }) => one.id === 'key-age');
    };
    expect(await age()).toMatchObject({ state: 'unknown', fix: 'castkeys keys adopt --role reader' });

    const { exitCode, stdout, stderr } = await castkeys('keys', 'adopt');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Olive Owner'),
    });
    expect(stdout).toMatch(
      /^The reader key of dev is practice-personal at Cast AI, made \d{4}-\d\d-\d\d\.\n$/,
    );
    expect(await age()).toMatchObject({ state: 'pass', evidence: 'reader is 30 days old of 90 allowed' });
    const config = readConfig(machine.home);
    expect(config?.credentials[config.profiles['dev']?.slots.reader ?? '']?.keyId).toBe(
      server.keyIds.personal,
    );
  });
});

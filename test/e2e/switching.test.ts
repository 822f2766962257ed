import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { key } from '../support/terminal.ts';

describeWithKeyring('switching between profiles', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp();
    await machine.setUp('staging', machine.practice.keys.member.reveal());
    await machine.setUp('production', machine.practice.keys.readonly.reveal());
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const chosenIn = async (cwd: string, env = {}): Promise<unknown> => {
    const { profile, chosenBy } = JSON.parse(
      (await machine.run(['status', '--offline', '--json'], { cwd, env })).stdout,
    );
    return { profile, chosenBy };
  };
  const directory = (name: string): string => {
    const path = join(machine.project, name);
    mkdirSync(path);
    return path;
  };

  it('leaves the first profile active until another is chosen', async () => {
    expect(await chosenIn(machine.project)).toEqual({ profile: 'development', chosenBy: 'active' });
    expect(await machine.run(['use', 'staging'])).toMatchObject({
      exitCode: 0,
      stdout: 'staging is the active profile now.\n',
    });
    expect(await chosenIn(machine.project)).toEqual({ profile: 'staging', chosenBy: 'active' });
    const key = await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"']);
    expect(key.stdout).toBe(machine.practice.keys.member.reveal());
  });

  it('asks before production becomes active, and takes no for an answer', async () => {
    await using terminal = machine.open(['use', 'production']);
    await terminal.waitFor('production is PRODUCTION');
    terminal.type(key.enter);
    expect((await terminal.exited).exitCode).toBe(130);
    expect(machine.config().activeProfile).toBe('staging');
    await using again = machine.open(['use', 'production']);
    await again.waitFor('production is PRODUCTION');
    again.type('y');
    expect((await again.exited).exitCode).toBe(0);
    expect(machine.config().activeProfile).toBe('production');
  });

  it('does not make production active where nobody can be asked, without --yes', async () => {
    await machine.run(['use', 'development']);
    expect(await machine.run(['use', 'production'])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(machine.config().activeProfile).toBe('development');
    expect(await machine.run(['use', 'production', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(machine.config().activeProfile).toBe('production');
    await machine.run(['use', 'development']);
  });

  it('offers the profiles to pick from', async () => {
    await using terminal = machine.open(['use']);
    await terminal.waitFor('Which profile should be active?');
    terminal.type(key.down);
    await terminal.waitFor('❯ staging');
    terminal.type(key.enter);
    expect((await terminal.exited).exitCode).toBe(0);
    expect(machine.config().activeProfile).toBe('staging');
    await machine.run(['use', 'development']);
  });

  it('pins a profile in a directory, for it and what is below', async () => {
    const repository = directory('repository');
    writeFileSync(join(repository, '.castkeys.json'), '{"note": "kept"}');
    expect(await machine.run(['use', 'staging', '--here'], { cwd: repository })).toMatchObject({
      exitCode: 0,
    });
    const pin = JSON.parse(readFileSync(join(repository, '.castkeys.json'), 'utf8'));
    expect(pin).toEqual({ note: 'kept', profile: 'staging' });
    const below = join(repository, 'terraform', 'modules');
    mkdirSync(below, { recursive: true });
    expect(await chosenIn(below)).toEqual({ profile: 'staging', chosenBy: 'pin' });
    expect(await chosenIn(machine.project)).toEqual({ profile: 'development', chosenBy: 'active' });
    const env = { CASTKEYS_PROFILE: 'development' };
    expect(await chosenIn(below, env)).toEqual({ profile: 'development', chosenBy: 'environment' });
  });

  it('does not follow a cloned pin to production that nobody agreed to', async () => {
    const clone = directory('clone');
    writeFileSync(join(clone, '.castkeys.json'), '{"profile": "production"}');
    const ran = await machine.run(['run', '--', 'echo', 'ran'], { cwd: clone });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/nobody here agreed/);
    expect(await machine.run(['status', '--json'], { cwd: clone })).toMatchObject({ exitCode: 2 });
    expect(await machine.run(['use', 'production', '--here', '--yes'], { cwd: clone })).toMatchObject({
      exitCode: 0,
    });
    expect(await chosenIn(clone)).toEqual({ profile: 'production', chosenBy: 'pin' });
    // Agreed to was this content, not whatever comes with the next pull.
    writeFileSync(join(clone, '.castkeys.json'), '{"profile": "production", "more": true}');
    expect(await machine.run(['run', '--', 'echo', 'ran'], { cwd: clone })).toMatchObject({ exitCode: 2 });
  });

  it.each(['not JSON', '{"profile": 7}', '[]', ''])('says that a pin is not one: %s', async content => {
    const cwd = directory(`broken-${Buffer.from(content).toString('hex').slice(0, 12)}`);
    writeFileSync(join(cwd, '.castkeys.json'), content);
    const ran = await machine.run(['status'], { cwd });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/is not a castkeys file/);
    expect(await machine.run(['use', 'staging', '--here'], { cwd })).toMatchObject({ exitCode: 2 });
    expect(readFileSync(join(cwd, '.castkeys.json'), 'utf8')).toBe(content);
  });

  it.each(['nobody', '__proto__', 'toString', '../staging'])('knows no profile %s', async name => {
    for (const args of [
      ['use', name],
      ['status', '--profile', name],
      ['profiles', 'show', name],
    ]) {
      const ran = await machine.run(args);
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ran.stderr).toMatch(/There is no profile called/);
    }
  });
});

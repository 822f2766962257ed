import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answersFor, type Machine, newMachine, program } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';

/** The steps of an onboarding that a kill may fall before, in and after. */
const moments = [
  ['step-started', 'keychain.probe'],
  ['step-done', 'keychain.probe'],
  ['answered', 'key.reader'],
  ['step-started', 'key.verify'],
  ['step-done', 'key.verify'],
  ['step-started', 'profile.register'],
  ['step-done', 'profile.register'],
  ['step-started', 'key.store'],
  ['step-done', 'key.store'],
] as const;

describeWithKeyring('the wizard killed in the middle', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  /** Runs the onboarding and sends a signal at the first event of that type and id. */
  async function setUpUntil(type: string, id: string, signal: NodeJS.Signals): Promise<number | null> {
    const answers = machine.writeAnswers(answersFor(machine.practice.url, 'development'));
    const child = spawn(process.execPath, [program, 'setup', '--answers', answers, '--json'], {
      cwd: machine.project,
      env: { ...machine.env, NEW_KEY: machine.practice.keys.viewer.reveal() },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)));
    for await (const line of createInterface(child.stdout)) {
      const event = JSON.parse(line);
      if (event.type === type && event.id === id) child.kill(signal);
    }
    return ended;
  }

  it.each(moments)('at %s %s can be started again, and ends complete', async (type, id) => {
    await setUpUntil(type, id, 'SIGKILL');
    const again = await machine.setUp();
    expect(again.exitCode, again.stderr).toBe(0);
    const used = await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"']);
    expect(used.stdout).toBe(machine.practice.keys.viewer.reveal());
    expect((await machine.run(['profiles', 'remove', 'development', '--yes'])).exitCode).toBe(0);
  });

  it.each([
    ['SIGTERM', 'step-started', 143],
    ['SIGINT', 'step-started', 130],
    ['SIGTERM', 'step-done', 143],
  ] as const)('by %s after %s takes everything back', async (signal, type, exitCode) => {
    expect(await setUpUntil(type, 'key.store', signal)).toBe(exitCode);
    const { profiles, credentials } = JSON.parse(readFileSync(join(machine.home, 'config.json'), 'utf8'));
    // A credential is forgotten only when the keychain no longer has it.
    expect({ profiles, credentials }).toEqual({ profiles: {}, credentials: {} });
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { answersFor, type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';

/** The events of an onboarding at which a kill may fall, and how many ms later: in the middle of what follows. */
const moments = [
  ['started', 'onboard', 0],
  ['step-started', 'keychain.probe', 5],
  ['step-done', 'keychain.probe', 0],
  ['answered', 'development.key.reader', 0],
  ['step-started', 'key.verify', 10],
  ['step-started', 'profile.register', 0],
  ['step-started', 'profile.register', 25],
  ['step-done', 'profile.register', 5],
  ['step-started', 'key.store', 0],
  ['step-started', 'key.store', 20],
  ['step-started', 'key.store', 45],
  ['step-done', 'key.store', 0],
] as const;

describeWithKeyring('the wizard killed in the middle', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const killAt = async (type: string, id: string, later: number): Promise<void> => {
    const answers = machine.writeAnswers(answersFor(machine.practice.url, 'development'));
    await using running = machine.start(['setup', '--answers', answers, '--json'], {
      env: { NEW_KEY: machine.practice.keys.viewer.reveal() },
    });
    await running.line(new RegExp(`^{"type":"${type}","(id|flow)":"${id}"`));
    if (later > 0) await Promise.race([running.ended, new Promise(resolve => setTimeout(resolve, later))]);
    running.signal('SIGKILL');
    await running.ended;
  };

  /** Whatever is pointed to is known, and there. */
  const expectNothingDangling = () => {
    const { profiles, credentials } = registered();
    const pointedTo = Object.values(profiles).flatMap(({ slots }) => Object.values(slots));
    for (const id of pointedTo) {
      expect(Object.keys(credentials)).toContain(id);
      expect(storedCredentials(machine.keyring.env)).toContain(id);
    }
  };
  const registered = () => {
    try {
      return machine.config();
    } catch {
      return { profiles: {}, credentials: {} };
    }
  };

  it.each(moments)('at %s %s and %i ms can be started again, and ends complete', async (type, id, later) => {
    await killAt(type, id, later);
    expectNothingDangling();

    const again = await machine.setUp();
    expect(again.exitCode, again.stderr).toBe(0);
    expectNothingDangling();
    const used = await machine.run(['run', '--', 'sh', '-c', 'printf %s "$CASTAI_API_KEY"']);
    expect(used.stdout).toBe(machine.practice.keys.viewer.reveal());
    const { profiles, credentials } = machine.config();
    expect(Object.keys(profiles)).toEqual(['development']);
    expect(Object.keys(credentials)).toEqual(storedCredentials(machine.keyring.env));

    expect(await machine.run(['profiles', 'remove', 'development', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(storedCredentials(machine.keyring.env)).toEqual([]);
  });
});

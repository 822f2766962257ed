import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { throughRotation } from './support/through-rotation.ts';

/** `npm run prove:rotation` does the same for a minute, at 200 requests a second. */
const short = { seconds: 8, perSecond: 50, rotations: 1 };

describeWithKeyring('a program behind the broker', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('notices nothing of a rotation, from the first step to the deletion of the old key', async () => {
    const went = await throughRotation(machine, short);
    expect(went).toMatchObject({ failures: 0, first: [], phases: ['deleted'], oldKeyAnswers: 401 });
    expect(went.withKey).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Math.min(...went.withKey)).toBeGreaterThan(0);
    expect(went.requests).toBeGreaterThan(short.seconds * short.perSecond * 0.9);
  }, 120_000);

  it('holds the old key’s revocation for as long as its broker has not taken up the new one', async () => {
    const { control } = machine.practice;
    const rotate = () => machine.run(['rotate', '--drain', '0s', '--keep-disabled', '0s', '--yes', '--json']);
    const waiting = ['--', process.execPath, '-e', "console.log('started'); setInterval(() => {}, 1000)"];
    await using running = machine.start(['run', '--broker', ...waiting]);
    await running.line(/started/);
    // It hears of nothing, as on a machine that is put to sleep in the middle.
    running.signal('SIGSTOP');
    const held = await rotate();
    expect(held.exitCode).toBe(7);
    const { phase, oldKeyId } = JSON.parse(held.stdout.trim().split('\n').at(-1) ?? '{}').rotation;
    expect(phase).toBe('draining');
    expect(held.stdout).toContain('broker');
    expect(control.overview().keys.find(({ id }) => id === oldKeyId)).toMatchObject({ active: true });
    running.signal('SIGCONT');
    await vi.waitFor(async () => expect((await rotate()).exitCode).toBe(0), { timeout: 60_000 });
    expect(control.overview().keys.find(({ id }) => id === oldKeyId)).toBeUndefined();
    running.signal('SIGTERM');
    await running.ended;
  }, 120_000);
});

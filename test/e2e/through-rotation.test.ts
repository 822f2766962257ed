import { afterAll, beforeAll, expect, it } from 'vitest';
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
});

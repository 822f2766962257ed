import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CastkeysError } from '../../source/errors.ts';
import type { Journal } from '../../source/rotation/journal.ts';
import { aJournal, goOn, type Look } from './support/castkeys-in-model.ts';
import { type Behaviour, Killed, ModelWorld } from './support/model-world.ts';

const minute = 60_000;

const behaviours = fc.record({
  listLag: fc.constantFrom(0, 200, 1400),
  acceptLag: fc.constantFrom(0, 100, 5000),
  disableLag: fc.constantFrom(0, 100, 5000),
  showLag: fc.constantFrom(0, 500),
  failBefore: fc.constantFrom(0, 0.02, 0.1),
  loseAnswer: fc.constantFrom(0, 0.05, 0.2),
  keychainFails: fc.constantFrom(0, 0, 0.05),
  consumerFails: fc.constantFrom(0, 0.2),
  skew: fc.constantFrom(0, -2000, 4 * minute),
  consumers: fc.integer({ min: 0, max: 3 }),
});

const intents = fc.record({
  drain: fc.constantFrom(0, 2 * minute),
  keepDisabled: fc.constantFrom(0, minute),
  isEmergency: fc.boolean(),
});

/** How many touches each castkeys lives, one after the other; then one lives. */
const lives = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });

interface Ended {
  readonly world: ModelWorld;
  readonly last: Look | undefined;
}

/** Rotates through every kill and failure until it is over, or waits for what only a person can change. */
async function rotateThrough(
  behaviour: Behaviour,
  seed: number,
  journal: Journal,
  killAfter: readonly number[],
  { rollBackAt }: { readonly rollBackAt?: number } = {},
): Promise<Ended> {
  const random = randomBy(seed);
  const world = new ModelWorld(behaviour, random);
  world.journal = journal;
  let last: Look | undefined;
  for (let life = 0; life < 400; life += 1) {
    if (life === rollBackAt && world.journal.ending === undefined)
      world.journal = { ...world.journal, goal: 'rollback' };
    const castkeys = world.restart(killAfter[life] ?? Number.POSITIVE_INFINITY);
    try {
      last = await goOn(castkeys, look => expectNoOutage(world, journal, look));
      if (last.decision.type === 'done') {
        if (!world.journal.ending) world.journal = { ...world.journal, ending: last.decision.ending };
        return { world, last };
      }
      if (last.decision.type === 'wait' && last.decision.wait.reason === 'stuck') {
        if (!last.decision.wait.isOneWay) return { world, last };
        world.journal = { ...world.journal, goal: 'forward' };
      }
      world.pass(last.decision.type === 'wait' && last.decision.wait.reason === 'settling' ? 300 : minute);
    } catch (thrown) {
      if (!(thrown instanceof Killed) && !(thrown instanceof CastkeysError)) throw thrown;
      world.pass(50);
    }
  }
  return { world, last };
}

/** Outside an emergency the slot always hands out a key that works, and nothing is revoked on a guess. */
function expectNoOutage(world: ModelWorld, { isEmergency }: Journal, { seen, decision }: Look): void {
  if (decision.type !== 'act') return;
  const { type } = decision.action;
  if (!isEmergency) expect(world.works(world.slotValue), `the slot works before ${type}`).toBe(true);
  if (type === 'disable-old' && !isEmergency) {
    expect(seen.newWorks).toBe('yes');
    expect(seen.holdersOfOld).toEqual([]);
    expect([...world.held.values()].every(value => value === world.slotValue)).toBe(true);
  }
  if (type === 'delete-old') expect(world.works('v-old')).toBe(false);
}

describe('a rotation in any world', () => {
  it('killed anywhere, with answers that get lost, ends with one new key that works, everywhere, and no orphan', async () => {
    await fc.assert(
      fc.asyncProperty(
        behaviours,
        fc.integer(),
        intents,
        lives,
        async (behaviour, seed, intent, killAfter) => {
          const { world, last } = await rotateThrough(behaviour, seed, aJournal(intent), killAfter);
          expect(last?.decision).toEqual({ type: 'done', ending: 'deleted' });
          expect(world.slotValue).toMatch(/^v castkeys\/dev\/reader\/r1-\d+$/);
          expect(world.works(world.slotValue)).toBe(true);
          expect(world.works('v-old')).toBe(false);
          expect(world.orphans).toEqual([]);
          expect(new Set(world.held.values())).toEqual(
            new Set(behaviour.consumers > 0 ? [world.slotValue] : []),
          );
          expect(world.entries.size).toBe(1);
          expect(Object.keys(world.config.credentials)).toEqual([...world.entries.keys()]);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('rolled back at any moment, ends with the old key in use, or with the new one where the old is gone', async () => {
    await fc.assert(
      fc.asyncProperty(
        behaviours,
        fc.integer(),
        intents,
        lives,
        fc.nat(12),
        async (behaviour, seed, intent, killAfter, rollBackAt) => {
          const { world, last } = await rotateThrough(behaviour, seed, aJournal(intent), killAfter, {
            rollBackAt,
          });
          const isBack = world.journal?.ending === 'rolled-back';
          if (isBack) {
            expect(world.slotValue).toBe('v-old');
            expect(world.works('v-old')).toBe(true);
            expect([...world.held.values()].every(value => value === 'v-old')).toBe(true);
            expect(world.entries.size).toBe(1);
          } else {
            expect(last?.decision).toEqual({ type: 'done', ending: 'deleted' });
          }
          expect(world.orphans).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never cuts off somebody who uses the old key at intervals shorter than the drain: 200 cases', async () => {
    let cases = 0;
    await fc.assert(
      fc.asyncProperty(
        behaviours,
        fc.integer(),
        lives,
        fc.integer({ min: 5, max: 600 }),
        fc.double({ min: 0.05, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        async (behaviour, seed, killAfter, seconds, part, late) => {
          const drain = seconds * 1000;
          const usedUntil = Date.parse('2026-06-01T12:00:00Z') + 5 * drain + 10 * minute;
          const showLag = Math.min(drain * late, minute);
          const used = { ...behaviour, showLag, usedEvery: Math.max(100, drain * part), usedUntil };
          const { world, last } = await rotateThrough(used, seed, aJournal({ drain }), killAfter);
          expect(world.cutOff).toEqual([]);
          if (last?.decision.type === 'done') expect(world.now).toBeGreaterThan(usedUntil);
          cases += 1;
        },
      ),
      { numRuns: 200 },
    );
    expect(cases).toBe(200);
  });

  it('waits while a process has the old key, and while the clocks disagree', async () => {
    const calm: Behaviour = {
      listLag: 0,
      acceptLag: 0,
      disableLag: 0,
      showLag: 0,
      failBefore: 0,
      loseAnswer: 0,
      keychainFails: 0,
      consumerFails: 0,
      skew: 0,
      consumers: 0,
    };
    const held = new ModelWorld(calm, () => 0.5);
    held.journal = aJournal();
    held.runs = [
      { kind: 'run', pid: 7, start: 's', credentialIds: ['c-old'], since: '2026-06-01T11:00:00Z' },
    ];
    expect(await goOn(held.restart(Number.POSITIVE_INFINITY), () => {})).toMatchObject({
      decision: { type: 'wait', wait: { reason: 'runs-hold-old-key', runs: [{ pid: 7 }] } },
    });
    const skewed = new ModelWorld({ ...calm, skew: 6 * minute }, () => 0.5);
    skewed.journal = aJournal();
    expect(await goOn(skewed.restart(Number.POSITIVE_INFINITY), () => {})).toMatchObject({
      decision: { type: 'wait', wait: { reason: 'clock-skew' } },
    });
    skewed.journal = { ...aJournal({ isEmergency: true }), attempts: skewed.journal?.attempts ?? [] };
    expect(await goOn(skewed.restart(Number.POSITIVE_INFINITY), () => {})).toMatchObject({
      decision: { type: 'done' },
    });
  });
});

/** mulberry32: the same seed, the same world. */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

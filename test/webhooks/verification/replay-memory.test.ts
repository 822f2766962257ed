import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayMemory } from '../../../source/webhooks/webhooks.ts';

describe('a replay memory', () => {
  it('says "fresh" once for each id and stretch of time, whatever else is claimed', () => {
    const claim = fc.record({ id: fc.nat(5), wait: fc.nat(20), lasts: fc.integer({ min: 1, max: 50 }) });
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 60 }), claims => {
        let time = 0;
        const memory = replayMemory({ now: () => time });
        const until = new Map<number, number>();
        for (const { id, wait, lasts } of claims) {
          time += wait;
          const isKnown = (until.get(id) ?? 0) > time;
          expect(memory.claim(String(id), time + lasts)).toBe(isKnown ? 'seen' : 'fresh');
          if (!isKnown) until.set(id, time + lasts);
        }
      }),
    );
  });

  it('never holds more than it may, and makes room when claims are over', () => {
    let time = 0;
    const memory = replayMemory({ capacity: 10, now: () => time });
    for (let id = 0; id < 10; id += 1) expect(memory.claim(String(id), 100)).toBe('fresh');
    expect(memory.claim('one more', 100)).toBe('full');
    expect(memory.claim('3', 100)).toBe('seen');
    time = 100;
    expect(memory.claim('one more', 200)).toBe('fresh');
  });

  it('finds room behind a claim that lasts longer than those after it', () => {
    let time = 0;
    const memory = replayMemory({ capacity: 3, now: () => time });
    memory.claim('long', 1000);
    memory.claim('a', 10);
    memory.claim('b', 10);
    time = 20;
    expect(memory.claim('c', 30)).toBe('fresh');
  });
});

import type { Decision } from '../../../source/rotation/action.ts';
import { decide } from '../../../source/rotation/decide.ts';
import type { Journal } from '../../../source/rotation/journal.ts';
import { observe } from '../../../source/rotation/observe.ts';
import type { Observed } from '../../../source/rotation/observed.ts';
import { perform } from '../../../source/rotation/perform.ts';
import type { World } from '../../../source/rotation/world.ts';

/** A rotation of the model's only slot, as it is before anything is done. */
export function aJournal(over: Partial<Journal> = {}): Journal {
  return {
    version: 1,
    id: 'r1',
    place: { kind: 'slot', profile: 'dev', role: 'reader' },
    host: 'here',
    pid: 1,
    startedAt: '2026-06-01T12:00:00.000Z',
    updatedAt: '2026-06-01T12:00:00.000Z',
    way: 'api',
    isEmergency: false,
    goal: 'forward',
    drain: 0,
    keepDisabled: 0,
    owner: { kind: 'service-account', id: 'sa' },
    old: { credentialId: 'c-old', keyId: 'k-old', owner: { kind: 'service-account', id: 'sa' } },
    attempts: [],
    deliveries: {},
    proofs: [],
    ...over,
  };
}

export interface Look {
  readonly seen: Observed;
  readonly decision: Decision;
}

/** Goes on until it is over, has to wait, or fails; `watch` is told of each decision before it is carried out. */
export async function goOn(world: World, watch: (look: Look) => void): Promise<Look> {
  for (;;) {
    const seen = await observe(world, world.load('r1'));
    const decision = decide(seen);
    watch({ seen, decision });
    if (decision.type !== 'act') return { seen, decision };
    await perform(world, world.load('r1'), decision.action, () => {});
  }
}

import { type Flow, type StepContext, step } from '../../flow/flow.ts';
import { isSamePlace, mayLeaveKeys, readJournals, sweep } from '../../rotation/rotation.ts';
import type { RotationAsked } from './asked.ts';
import { worldOf } from './world-of.ts';

/** Keys of earlier rotations whose answers got lost, and that showed up since, go: nobody has their values. */
export function* sweepUp(asked: RotationAsked): Flow<void> {
  const { install, place } = asked;
  const before = yield* step({
    id: 'rotate.look-for-leftovers',
    title: 'Look for what earlier rotations may have left',
    readOnly: true,
    isQuiet: true,
    run: () =>
      readJournals(install.home).filter(
        journal => isSamePlace(journal.place, place) && mayLeaveKeys(journal),
      ),
  });
  if (before.length === 0) return;
  yield* step({
    id: 'rotate.sweep',
    title: 'Sweep up keys whose answers got lost',
    touches: ['old-keys'],
    run: ({ signal }: StepContext) => sweep(worldOf(asked, new Map(), signal), before),
    summary: (names: readonly string[]) =>
      names.length === 0 ? 'none showed up' : `deleted ${names.join(', ')}`,
  });
}

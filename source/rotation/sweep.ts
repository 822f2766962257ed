import type { Journal } from './journal.ts';
import type { World } from './world.ts';

/** Whether a rotation tried names of which a key may still show up. */
export const mayLeaveKeys = ({ attempts, way }: Journal): boolean =>
  way === 'api' && attempts.some(({ givenUpAt }) => givenUpAt !== undefined);

/**
 * Deletes keys of names that only our rotations tried, and whose values are lost: lists lag, so one may show up after the
 * rotation ended. Nobody can be using them. Comes to their names.
 */
export async function sweep(world: World, journals: readonly Journal[]): Promise<readonly string[]> {
  const swept: string[] = [];
  for (const journal of journals.filter(mayLeaveKeys)) {
    const keeper = await world.keeper(journal, journal.owner);
    const lost = new Set(
      journal.attempts.filter(({ givenUpAt }) => givenUpAt !== undefined).map(({ name }) => name),
    );
    for (const { id, name } of await keeper.list()) {
      if (!lost.has(name)) continue;
      await keeper.delete(id);
      swept.push(name);
    }
  }
  return swept;
}

import { asCastkeysError, CastkeysError } from '../errors.ts';
import { readSecret } from '../install/install.ts';
import type { Action } from './action.ts';
import { currentAttempt, type Journal } from './journal.ts';
import { saved, type World } from './world.ts';

/**
 * Gives one consumer the key, and has it proven. A failure is noted for this run and holds the old key's revocation: it is
 * no failure of the rotation, and tried again by the next run.
 */
export async function deliverKey(
  world: World,
  journal: Journal,
  { consumer: id, what }: Extract<Action, { type: 'deliver' }>,
): Promise<Journal> {
  const consumer = world.consumers.find(one => one.id === id);
  const credentialId = what === 'old' ? journal.old.credentialId : currentAttempt(journal)?.credentialId;
  if (!consumer || credentialId === undefined) return journal;
  const secret = await readSecret(await world.keychain(), credentialId);
  // From here on it is not known which key it has; written down, so that a kill in between leads to another delivery.
  const { [id]: _, ...others } = journal.deliveries;
  const open = await saved(world, { ...journal, deliveries: { ...others, [id]: unknownSince(world) } });
  try {
    await consumer.deliver(secret);
    const evidence = await consumer.prove(secret);
    const delivery = { credentialId, at: world.clock().toISOString(), evidence };
    return await saved(world, { ...open, deliveries: { ...open.deliveries, [id]: delivery } });
  } catch (thrown) {
    const error = asCastkeysError(thrown);
    if (!(thrown instanceof CastkeysError) || error.code !== 'consumer-failed') throw thrown;
    world.failures.set(id, error.message);
    return open;
  }
}

const unknownSince = (world: World) => ({
  credentialId: 'unknown',
  at: world.clock().toISOString(),
  evidence: 'a delivery was begun',
});

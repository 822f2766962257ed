import type { Action } from './action.ts';
import { createKey, registerKey, removeAttempt } from './create-key.ts';
import { deliverKey } from './deliver-key.ts';
import type { Journal } from './journal.ts';
import { pointBack, promote } from './promote.ts';
import { proveNew, proveOldBack } from './prove-key.ts';
import { deleteOld, disableOld, enableOld, forgetNew, forgetOld, proveDead } from './retire-key.ts';
import type { World } from './world.ts';

/** Says in a few words what is going on. */
export type Progress = (text: string) => void;

/**
 * Does one thing. Comes to the journal after it, which is on disk then. Cut off anywhere, the same decision leads here
 * again; what throws leaves a state that is seen and gone on from.
 */
export async function perform(
  world: World,
  journal: Journal,
  action: Action,
  progress: Progress,
): Promise<Journal> {
  switch (action.type) {
    case 'create':
      return createKey(world, journal);
    case 'delete-orphan':
      return removeAttempt(world, journal, action.credentialId, action.keyId);
    case 'give-up-attempt':
      return removeAttempt(world, journal, action.credentialId);
    case 'register':
      return registerKey(world, journal);
    case 'prove':
      return proveNew(world, journal, progress);
    case 'promote':
      return promote(world, journal);
    case 'deliver':
      return deliverKey(world, journal, action);
    case 'disable-old':
      return disableOld(world, journal);
    case 'prove-dead':
      return proveDead(world, journal, progress);
    case 'delete-old':
      return deleteOld(world, journal);
    case 'forget-old':
      return forgetOld(world, journal);
    case 'enable-old':
      return enableOld(world, journal);
    case 'prove-old':
      return proveOldBack(world, journal, progress);
    case 'point-back':
      return pointBack(world, journal);
    case 'delete-new':
      return removeAttempt(world, journal, action.credentialId, action.keyId);
    case 'forget-new':
      return forgetNew(world, journal, action.credentialId);
  }
}

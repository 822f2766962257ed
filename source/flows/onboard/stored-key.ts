import { type VerifiedKey, verifyKeyFor } from '../../credentials/credentials.ts';
import { CastkeysError } from '../../errors.ts';
import { type Flow, note, type StepContext, step } from '../../flow/flow.ts';
import { type Install, readSecret } from '../../install/install.ts';
import { describeOwner } from '../obtain-key.ts';
import type { Place } from './choose-place.ts';
import type { World } from './world.ts';

/** Whether the key that is stored still opens the door. What can't be told is a failure of the flow, not a reason for a new key. */
export function* stillWorks(world: World, place: Place): Flow<boolean> {
  try {
    yield* step({
      id: 'key.still-works',
      title: 'Try the key that is stored',
      readOnly: true,
      run: ({ signal }: StepContext) => tryStored(world.install, place, signal),
      summary: (verified: VerifiedKey) => `it works: ${describeOwner(verified)}`,
    });
    return true;
  } catch (error) {
    const isGone =
      error instanceof CastkeysError && (error.code === 'key-invalid' || error.code === 'secret-absent');
    if (!isGone) throw error;
    yield* note('The key that is stored no longer works; a new one takes its place.', 'warning');
    return false;
  }
}

async function tryStored(install: Install, { profile }: Place, signal: AbortSignal): Promise<VerifiedKey> {
  const id = profile.slots.reader ?? '';
  const origin = install.config()?.credentials[id]?.origin ?? profile.origin;
  const secret = await readSecret(await install.keychain(), id);
  return verifyKeyFor({ secret, origin, authorization: profile.authorization, signal });
}

import { credentialResource } from '../../audit/audit.ts';
import { enteringRefusal, type VerifiedKey, verifyKeyFor } from '../../credentials/credentials.ts';
import { CastkeysError } from '../../errors.ts';
import { type Flow, note, type StepContext, step } from '../../flow/flow.ts';
import { type Install, readSecret } from '../../install/install.ts';
import type { Profile, Role } from '../../profiles/profiles.ts';
import { describeOwner } from '../obtain-key.ts';

/** Whether the key that is stored still opens the door. What can't be told is a failure of the flow, not a reason for a new key. */
export function* stillWorks(install: Install, profile: Profile, role: Role): Flow<boolean> {
  const id = profile.slots[role];
  if (id === undefined) return false;
  try {
    yield* step({
      id: 'key.still-works',
      title: `Try the ${role} key that is stored`,
      readOnly: true,
      run: ({ signal }: StepContext) => tryStored(install, profile, id, signal),
      summary: (verified: VerifiedKey) => `it works: ${describeOwner(verified)}`,
    });
    return true;
  } catch (error) {
    const isGone =
      error instanceof CastkeysError && (error.code === 'key-invalid' || error.code === 'secret-absent');
    if (!isGone) throw error;
    yield* note(`The ${role} key that is stored no longer works; a new one takes its place.`, 'warning');
    return false;
  }
}

async function tryStored(
  install: Install,
  profile: Profile,
  id: string,
  signal: AbortSignal,
): Promise<VerifiedKey> {
  const origin = install.config()?.credentials[id]?.origin ?? profile.origin;
  const secret = await readSecret(await install.keychain(), id);
  return enteringRefusal(install, credentialResource(install.config(), id), () =>
    verifyKeyFor({ secret, origin, authorization: profile.authorization, signal }),
  );
}

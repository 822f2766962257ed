/** Moving to a service account of one's own with what the policy allows: the only way in which a rotation changes rights. */
import { castaiClient } from '../../castai/castai.ts';
import { CastkeysError } from '../../errors.ts';
import { type Flow, type StepContext, step } from '../../flow/flow.ts';
import { readSecret } from '../../install/install.ts';
import { policyAccount } from '../../privilege/privilege.ts';
import { adminIdOf } from '../../profiles/profiles.ts';
import type { RotationOwner } from '../../rotation/rotation.ts';
import { apiOf } from './api-of.ts';
import type { RotationAsked } from './asked.ts';

/** Comes to the service account, with its bindings in force. Names are always the same: done again, it finds its own. */
export function* moveToPolicy(asked: RotationAsked): Flow<RotationOwner> {
  return yield* step({
    id: 'rotate.to-policy',
    title: 'Make a service account with what the policy allows',
    run: async ({ signal, progress }: StepContext): Promise<RotationOwner> => {
      const { install, place, profile, profileName } = asked;
      if (place.kind !== 'slot') throw adminStays();
      const { origin, authorization, organizationId } = apiOf(asked);
      const config = install.config();
      const id = config && adminIdOf(config, { origin, organizationId });
      const secret = await readSecret(await install.keychain(), id ?? '');
      const client = castaiClient({ origin, authorization, secret, organizationId });
      const name = `castkeys-${profileName}-${place.role}`;
      const account = await policyAccount({
        client,
        organizationId,
        name,
        policy: profile.policy,
        signal,
        progress,
      });
      return { kind: 'service-account', id: account.id, name: account.name };
    },
    summary: ({ name }: RotationOwner) => `${name}, bound and in force`,
  });
}

function adminStays(): CastkeysError {
  return new CastkeysError(
    'usage',
    'An admin credential stays with its owner: --to-policy is for the reader and writer keys of a profile. Nothing was changed.',
    'castkeys rotate --role admin',
  );
}

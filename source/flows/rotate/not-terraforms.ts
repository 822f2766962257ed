/** A service account that Terraform manages has its keys in Terraform's state: rotated elsewhere, the next apply would undo it. */
import { castaiClient } from '../../castai/castai.ts';
import { CastkeysError } from '../../errors.ts';
import { type Flow, note, step } from '../../flow/flow.ts';
import { readSecret } from '../../install/install.ts';
import { adminIdOf } from '../../profiles/profiles.ts';
import type { OldKey } from '../../rotation/rotation.ts';
import { apiOf } from './api-of.ts';
import type { RotationAsked } from './asked.ts';

/** @throws CastkeysError `managed-elsewhere`; in an emergency it is only said. */
export function* leaveToTerraform(asked: RotationAsked, old: OldKey): Flow<void> {
  if (old.owner.kind !== 'service-account' || asked.way === 'manual' || asked.toPolicy) return;
  const managedBy = yield* step(lookWhoManages(asked, old));
  if (managedBy !== 'terraform') return;
  const name = old.owner.name ?? old.owner.id;
  if (asked.mode !== 'emergency') throw isTerraforms(name);
  yield* note(
    `Terraform manages the service account ${name}: its state still names the leaked key, and the next apply has to be told of the new one.`,
    'warning',
  );
}

const lookWhoManages = (asked: RotationAsked, { owner }: OldKey) => ({
  id: 'rotate.who-manages',
  title: 'See who manages the service account',
  readOnly: true,
  isQuiet: true,
  run: async (): Promise<string | undefined> => {
    const { install } = asked;
    const { origin, authorization, organizationId } = apiOf(asked);
    const config = install.config();
    const id = config && adminIdOf(config, { origin, organizationId });
    if (id === undefined) return undefined;
    const secret = await readSecret(await install.keychain(), id);
    const client = castaiClient({ origin, authorization, secret, organizationId });
    return (await client.serviceAccounts.get(owner.id)).managedBy;
  },
});

function isTerraforms(name: string): CastkeysError {
  return new CastkeysError(
    'managed-elsewhere',
    `Terraform manages the service account ${name} and keeps its keys in its state; rotated behind its back, the next apply would put the old one back or take the new one away. Nothing was changed.`,
    'rotate it in Terraform (docs/rotation.md shows how, without a gap); or castkeys rotate --to-policy moves to a service account of its own',
  );
}

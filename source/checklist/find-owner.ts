import type { CastaiClient, KeyOwner } from '../castai/castai.ts';
import type { Slot, Subject } from './check.ts';

/**
 * Whose key is in a slot: what the key says now, else what it said when it was stored, for a key never changes hands. What
 * neither tells, the admin credential may: by Cast AI's id of the key, or by the bindings that name its owner.
 */
export async function findOwner(
  { tryKey, admin }: Pick<Subject, 'tryKey' | 'admin'>,
  slot: Slot,
): Promise<KeyOwner> {
  const tried = await tryKey(slot);
  const said: KeyOwner = tried?.verdict.outcome === 'valid' ? tried.verdict.identity : { kind: 'unknown' };
  const { kind: recorded = 'unknown', id, name } = slot.credential.owner ?? {};
  const owner: KeyOwner = {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...said,
    kind: said.kind === 'unknown' ? recorded : said.kind,
  };
  if (owner.id !== undefined && owner.kind !== 'unknown') return owner;
  const client = await admin();
  return client ? askAdmin(client, owner, slot.credential.keyId) : owner;
}

async function askAdmin(client: CastaiClient, owner: KeyOwner, keyId: string | undefined): Promise<KeyOwner> {
  const { CastaiError, ownerKind } = await import('../castai/castai.ts');
  try {
    if (owner.id !== undefined) return { ...owner, kind: await ownerKind(client, { id: owner.id }) };
    const keys = keyId === undefined ? [] : await client.serviceAccounts.allKeys();
    const account = keys.find(({ id }) => id === keyId)?.serviceAccount;
    return account ? { ...owner, ...account, kind: 'service-account' } : owner;
  } catch (thrown) {
    // An owner that can't be asked for is not known, and that is what the checks then say.
    if (thrown instanceof CastaiError && thrown.kind !== 'cancelled') return owner;
    throw thrown;
  }
}

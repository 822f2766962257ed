import type { CastaiClient, KeyOwner } from '../castai/castai.ts';
import { answered } from './answered.ts';
import { seenWith } from './harmless-reads.ts';
import { rightsByBindings } from './read-bindings.ts';
import { asPersonalKey, type Rights, together, unlimited } from './rights.ts';

export interface KeyToObserve {
  readonly organizationId: string;
  readonly owner: KeyOwner;
  /** Cast AI's id of the key, where known. */
  readonly keyId?: string;
  /** Absent: the key can't be used. */
  readonly key?: CastaiClient;
  /** The organization's admin credential, where one is stored. */
  readonly admin?: CastaiClient;
}

/** What a key may do, and how that is known, in words. */
export interface Observation {
  readonly rights: Rights;
  readonly source: string;
}

/**
 * Finds out what a key may do, by the best evidence there is: its owner's role bindings, read with the admin credential or
 * else with the key itself; else what the key shows of itself, which proves but rules nothing out. Of a personal key
 * its `readonly` counts too. Throws only what is no answer: a cancelled call, a bug.
 */
export async function observeRights(wanted: KeyToObserve): Promise<Observation> {
  const { rights, source } = await observeOwner(wanted);
  if (wanted.owner.kind === 'service-account') return { rights, source };
  const isReadonly = await readonlyFlag(wanted);
  return {
    rights: asPersonalKey(rights, isReadonly),
    source: isReadonly ? `${source}; the key is read-only` : source,
  };
}

async function observeOwner(wanted: KeyToObserve): Promise<Observation> {
  const { organizationId, owner, admin, key } = wanted;
  if (owner.id && admin) {
    const rights = await rightsByBindings({ client: admin, organizationId, ownerId: owner.id });
    if (rights) return { rights, source: 'role bindings, read with the admin credential' };
  }
  if (owner.id && key) {
    const rights = await rightsByBindings({ client: key, organizationId, ownerId: owner.id });
    // A key that is answered and named by no binding has its rights from somewhere it doesn't see.
    if (rights && !isNothing(rights)) return { rights, source: 'role bindings, read with the key itself' };
  }
  const unread = unlimited({
    words: admin ? 'its role bindings could not be read' : 'it may not read its own role bindings',
    ...(admin ? {} : { cure: 'admin-credential' as const }),
  });
  if (!key) return { rights: unread, source: 'nothing' };
  const seen = await seenWith(key, organizationId);
  return {
    rights: together(seen.rights, unread),
    source: seen.by.join(', ') || 'nothing that it was answered',
  };
}

function isNothing({ organization, clusters }: Rights): boolean {
  return [organization, ...Object.values(clusters)].every(({ atMost }) => atMost === 'none');
}

/** Whether a personal key is read-only; undefined where castkeys can't tell which of its owner's keys it is. */
async function readonlyFlag({ owner, keyId, key, admin }: KeyToObserve): Promise<boolean | undefined> {
  if (keyId === undefined) return undefined;
  for (const list of [
    () => key?.tokens.list({ organizations: 'ALL' }),
    () => owner.id && admin?.tokens.list({ userId: owner.id, organizations: 'ALL' }),
  ]) {
    const asked = list();
    const tokens = asked ? await answered(asked) : undefined;
    const found = tokens?.find(({ id }) => id === keyId)?.readonly;
    if (found !== undefined) return found;
  }
  return undefined;
}

import { type CastaiClient, CastaiError } from '../castai/castai.ts';
import type { Secret } from '../keychain/secret.ts';
import type { RotationOwner } from './journal.ts';

/** A key as Cast AI has it. */
export interface KeySeen {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly createdAt?: string;
  readonly expiresAt?: string;
  /** Absent: never, as far as Cast AI says. */
  readonly lastUsedAt?: string;
  /** Of a personal key. */
  readonly isReadonly?: boolean;
}

export interface KeyMade {
  readonly id: string;
  readonly token: Secret;
  readonly createdAt?: string;
  readonly expiresAt?: string;
}

/** The keys of one owner, with a credential that may manage them: sections 2 and 3 of the API facts behind one face. */
export interface KeyKeeper {
  readonly list: () => Promise<readonly KeySeen[]>;
  /** Undefined: there is no such key (404). */
  readonly find: (id: string) => Promise<KeySeen | undefined>;
  /** Never repeated once it may have arrived. */
  readonly create: (wanted: { readonly name: string; readonly expiresAt?: string }) => Promise<KeyMade>;
  readonly setActive: (id: string, active: boolean) => Promise<void>;
  /** One that is gone already is fine. */
  readonly delete: (id: string) => Promise<void>;
}

export interface Clients {
  /** Ends when the person cancels. */
  readonly look: CastaiClient;
  /** Finishes what it began: a call that was cut off would leave more to find out. */
  readonly change: CastaiClient;
}

/** `readonly`: whether a new personal key may only read; copied from the one it follows. */
export function keyKeeper(clients: Clients, owner: RotationOwner, readonly?: boolean): KeyKeeper {
  return owner.kind === 'service-account'
    ? accountKeeper(clients, owner.id)
    : personalKeeper(clients, owner.id, readonly ?? true);
}

function accountKeeper(clients: Clients, accountId: string): KeyKeeper {
  const look = clients.look.serviceAccounts.keys(accountId);
  const change = clients.change.serviceAccounts.keys(accountId);
  return {
    list: async () => (await look.list()).map(seen),
    find: id => orGone(async () => seen(await look.get(id))),
    create: wanted => change.create(wanted),
    setActive: async (id, active) => void (await change.setActive(id, active)),
    delete: async id => void (await orGone(() => change.delete(id))),
  };
}

function personalKeeper({ look, change }: Clients, userId: string, readonly: boolean): KeyKeeper {
  const { organizationId } = change;
  return {
    list: async () => {
      const all = await look.tokens.list({ userId, organizations: 'ALL' });
      return all.filter(({ createdBy }) => createdBy === undefined || createdBy === userId).map(seen);
    },
    find: id => orGone(async () => seen(await look.tokens.get(id))),
    create: wanted =>
      change.tokens.create({
        ...wanted,
        readonly,
        ...(organizationId === undefined ? {} : { organizationId }),
      }),
    setActive: async (id, active) => void (await change.tokens.setActive(id, active)),
    delete: async id => void (await orGone(() => change.tokens.delete(id))),
  };
}

type Listed = {
  readonly id: string;
  readonly name: string;
  readonly active?: boolean;
  readonly createdAt?: string;
  readonly expiresAt?: string;
  readonly lastUsedAt?: string;
  readonly readonly?: boolean;
};

// What an answer doesn't say of a key is read as the riskier of both: it works.
const seen = ({ id, name, active = true, createdAt, expiresAt, lastUsedAt, readonly }: Listed): KeySeen => ({
  id,
  name,
  isActive: active,
  ...(createdAt === undefined ? {} : { createdAt }),
  ...(expiresAt === undefined ? {} : { expiresAt }),
  ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
  ...(readonly === undefined ? {} : { isReadonly: readonly }),
});

/** A 404 under an id that Cast AI itself gave says that it is gone; a page of somebody else's says nothing. */
async function orGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof CastaiError && thrown.kind === 'not-found' && !thrown.foreign) return undefined;
    throw thrown;
  }
}

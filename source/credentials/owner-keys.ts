import { type CastaiClient, CastaiError, type KeyOwner } from '../castai/castai.ts';

/** What Cast AI's lists say of one key. Times in ISO 8601. */
export interface FoundKey {
  readonly id: string;
  readonly name?: string;
  readonly createdAt?: string;
  readonly expiresAt?: string;
  /** Absent: never, as far as the list knows. */
  readonly lastUsedAt?: string;
}

/**
 * The active keys of an owner, as far as the client may list them: with the admin credential all, else what the owner's own
 * key sees. Of an owner without an id, those of every service account in the organization.
 * @throws what the list that should hold them fails with.
 */
export async function keysOf(client: CastaiClient, owner: KeyOwner): Promise<readonly FoundKey[]> {
  switch (owner.kind) {
    case 'person':
      return personalKeys(client, owner.id ?? '');
    case 'service-account':
      return serviceAccountKeys(client, owner.id);
    case 'unknown':
      return owner.id === undefined ? serviceAccountKeys(client, undefined) : eitherKeys(client, owner.id);
  }
}

async function personalKeys(client: CastaiClient, userId: string): Promise<readonly FoundKey[]> {
  // Of all organizations: the only key in one of them need not be the only key.
  const tokens = await client.tokens.list({ userId, organizations: 'ALL' });
  return tokens.filter(token => token.active !== false && token.createdBy === userId);
}

async function serviceAccountKeys(
  client: CastaiClient,
  accountId: string | undefined,
): Promise<readonly FoundKey[]> {
  const keys = await client.serviceAccounts.allKeys();
  return keys.filter(
    key => key.active !== false && (accountId === undefined || key.serviceAccount?.id === accountId),
  );
}

/** Ids don't say what they are of; whichever list names the owner has its keys. */
async function eitherKeys(client: CastaiClient, ownerId: string): Promise<readonly FoundKey[]> {
  const lists = await Promise.allSettled([
    personalKeys(client, ownerId),
    serviceAccountKeys(client, ownerId),
  ]);
  const keys = lists.flatMap(list => (list.status === 'fulfilled' ? list.value : []));
  const refused = lists.find(list => list.status === 'rejected');
  if (refused && (keys.length === 0 || !(refused.reason instanceof CastaiError))) throw refused.reason;
  return keys;
}

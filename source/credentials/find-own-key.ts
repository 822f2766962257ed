import type { CastaiClient, KeyOwner } from '../castai/castai.ts';

/** What Cast AI's lists say of one key. Times in ISO 8601. */
export interface FoundKey {
  readonly id: string;
  readonly name?: string;
  readonly createdAt?: string;
  readonly expiresAt?: string;
}

/**
 * Which of Cast AI's keys a key is, as far as the key itself may look: its owner's only active key.
 * Nothing in the API tells a key its own id (section 2 of the API facts), so where the owner has
 * several this is undefined rather than a guess.
 */
export async function findOwnKey(client: CastaiClient, owner: KeyOwner): Promise<FoundKey | undefined> {
  if (!owner.id) return undefined;
  const candidates =
    owner.kind === 'service-account'
      ? await serviceAccountKeys(client, owner.id)
      : await personalKeys(client, owner.id);
  const [only, another] = candidates;
  return another ? undefined : only;
}

async function personalKeys(client: CastaiClient, userId: string): Promise<readonly FoundKey[]> {
  const tokens = await client.tokens.list();
  return tokens.filter(token => token.active && token.createdBy === userId);
}

async function serviceAccountKeys(client: CastaiClient, accountId: string): Promise<readonly FoundKey[]> {
  const keys = await client.serviceAccounts.allKeys();
  return keys.filter(key => key.active && key.serviceAccount?.id === accountId);
}

import type { CastaiClient, KeyOwner } from '../castai/castai.ts';
import { type FoundKey, keysOf } from './owner-keys.ts';

/** The server's clock is read off a header of whole seconds. ms. */
const tolerance = 2000;

/**
 * Which of Cast AI's keys a key is, as far as one look with the key itself can tell: its owner's only active one, used since
 * the key in hand was. Nothing in the API tells a key its own id (section 2 of the API facts), and a list may lag: an
 * only key that nobody used just now is another one. Where that is not plain this is undefined rather than a
 * guess, and `castkeys keys adopt` looks harder.
 *
 * @param usedAt when the key was first used, ms on this machine's clock.
 */
export async function findOwnKey(
  client: CastaiClient,
  owner: KeyOwner,
  usedAt: number,
): Promise<FoundKey | undefined> {
  if (owner.id === undefined) return undefined;
  const [only, another] = await keysOf(client, owner);
  if (!only || another) return undefined;
  const since = usedAt - (client.clockSkewMs() ?? 0) - tolerance;
  return Date.parse(only.lastUsedAt ?? '') >= since ? only : undefined;
}

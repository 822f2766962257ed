import { badRequest, forbidden, Refusal } from '../answer.ts';
import type { Call } from '../route.ts';
import type { Key } from '../schema.ts';
import type { World } from '../world.ts';

/** Whether a key may disable or delete itself is not known; a switch decides. */
export function refuseSelf(call: Call, key: Key): void {
  if (key.id === call.key.id && !call.world.behaviour.allowSelfDelete) throw new Refusal(forbidden());
}

export function refusePastExpiry(world: World, expiresAt: string | null | undefined, field: string): void {
  if (expiresAt === null || expiresAt === undefined || expiresAt > world.instant()) return;
  throw new Refusal(badRequest({ field, description: 'must be in the future' }));
}

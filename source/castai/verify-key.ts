import type { CastaiError } from './castai-error.ts';
import type { CastaiClient } from './client.ts';
import { sparse } from './fields.ts';
import type { Me, Organization } from './identity.ts';
import { type OwnerKind, ownerKind } from './owner-kind.ts';
import { settled } from './settled.ts';

export interface KeyOwner {
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
  readonly kind: OwnerKind;
}

/** `invalid` comes from a 401 and from nothing else; whatever is not understood is `unknown` and proves nothing. */
export type Verdict =
  | {
      readonly outcome: 'valid';
      readonly identity: KeyOwner;
      /** The first is the key's default organization. Empty while `organizationsKnown` is false. */
      readonly organizations: readonly Pick<Organization, 'id' | 'name'>[];
      readonly organizationsKnown: boolean;
      /** The key is known, but may not even ask whose it is (403 on `/v1/me`). */
      readonly restricted?: true;
      /** ms this machine's clock is ahead of Cast AI's; absent where no answer said the time. */
      readonly serverTimeSkewMs?: number;
    }
  /** `reason`: whole sentences. */
  | { readonly outcome: 'invalid'; readonly reason: string; readonly requestId?: string }
  | { readonly outcome: 'unknown'; readonly reason: string; readonly error: CastaiError };

export interface VerifyOptions {
  /** For everything together, tries and pauses included. Default 15,000 ms. */
  readonly totalMs?: number;
  /** Whether to look for evidence of what the owner is; up to two more calls. Default true. */
  readonly identify?: boolean;
}

/**
 * Asks Cast AI about a key, in the order of section 4.6. Throws nothing that Cast AI or the network do, only the
 * `cancelled` error when the client's own signal fires.
 */
export async function verifyKey(client: CastaiClient, options: VerifyOptions = {}): Promise<Verdict> {
  const { totalMs = 15_000, identify = true } = options;
  const limited = client.limitedTo({ totalMs });
  const me = await settled(limited.me());
  if ('error' in me && !knowsTheKey(me.error)) return verdictFrom(me.error);
  const organizations = await settled(limited.organizations());
  if ('error' in organizations) {
    const { error } = organizations;
    if (error.kind === 'unauthorized') return contradictory(error);
    // An answer to /v1/me with nothing in it could be anybody's; then the second call has to speak for the key.
    if ('value' in me && isBlank(me.value) && !knowsTheKey(error)) return unknown(error);
  }
  const owner = 'value' in me ? me.value : undefined;
  const known = 'value' in organizations ? organizations.value : [];
  const skewMs = limited.clockSkewMs();
  return {
    outcome: 'valid',
    identity: {
      ...sparse({ id: owner?.id, name: owner?.name ?? owner?.username, email: owner?.email }),
      kind: identify && owner ? await ownerKind(limited, owner, known[0]?.id) : 'unknown',
    },
    organizations: known.map(({ id, name }) => ({ id, name })),
    organizationsKnown: 'value' in organizations,
    ...(!owner && { restricted: true }),
    ...(skewMs !== undefined && { serverTimeSkewMs: skewMs }),
  };
}

// A firewall's page also says 403: that one is foreign.
function knowsTheKey(error: CastaiError): boolean {
  return error.kind === 'forbidden' && !error.foreign;
}

function isBlank(me: Me): boolean {
  return [me.id, me.name, me.email, me.username].every(field => !field);
}

function verdictFrom(error: CastaiError): Verdict {
  if (error.kind !== 'unauthorized') return unknown(error);
  return {
    outcome: 'invalid',
    reason: error.message,
    ...(error.requestId && { requestId: error.requestId }),
  };
}

function contradictory(error: CastaiError): Verdict {
  return {
    outcome: 'unknown',
    reason: `One call took the key and the next did not. ${error.message}`,
    error,
  };
}

function unknown(error: CastaiError): Verdict {
  return { outcome: 'unknown', reason: error.message, error };
}

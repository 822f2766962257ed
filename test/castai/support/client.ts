import {
  type CastaiClient,
  CastaiError,
  type ClientOptions,
  castaiClient,
} from '../../../source/castai/castai.ts';
import { Secret } from '../../../source/keychain/secret.ts';

/** A key of today's shape; put together here so that no scanner takes this file for a leak. */
export function madeUpKey(letter = 'a'): string {
  return ['castai', 'v1', letter.repeat(64), letter.repeat(8)].join('_');
}

export interface ClientUnderTest {
  readonly client: CastaiClient;
  /** The pauses it made, in ms, none of them really. */
  readonly pauses: readonly number[];
}

/** A client that never really pauses, without jitter. */
export function clientOf(origin: string, options: Partial<ClientOptions> = {}): ClientUnderTest {
  const pauses: number[] = [];
  const client = castaiClient({
    origin,
    secret: new Secret(madeUpKey()),
    organizationId: 'org-1',
    sleep: async ms => {
      pauses.push(ms);
    },
    random: () => 1,
    ...options,
  });
  return { client, pauses };
}

/** The error a call fails with; fails the test if it doesn't. */
export async function failureOf(call: Promise<unknown>): Promise<CastaiError> {
  try {
    await call;
  } catch (thrown) {
    if (thrown instanceof CastaiError) return thrown;
    throw thrown;
  }
  throw new Error('the call did not fail');
}

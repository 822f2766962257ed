import { hash, timingSafeEqual } from 'node:crypto';
import type { HmacSecret } from './signature.ts';

/** How a sender proves its webhooks. One is chosen, never guessed from the request: that would let a forger choose the weakest. */
export type WebhookScheme =
  /** The headers of the Standard Webhooks specification: id, timestamp and body are signed. What `castkeys webhook relay` sends. */
  | { readonly kind: 'standard' }
  /** The body is signed, and nothing else; with `timestampHeader`, `<timestamp>.<body>`. */
  | {
      readonly kind: 'hmac';
      /** Default `x-webhook-signature`. */
      readonly header?: string;
      /** Unix time in seconds. */
      readonly timestampHeader?: string;
    }
  /** The secret itself in a header, as Cast AI sends it (`authKeys`, section 6.2 of the API facts); id and time are in the body. */
  | {
      readonly kind: 'token';
      /** Default `X-Webhook-Token`. */
      readonly header?: string;
      /** What stands before the secret, such as `Bearer `. */
      readonly prefix?: string;
      /** Finds id and time of sending in the parsed body. Default: its `id` and `timestamp`, as castkeys' template has them. */
      readonly read?: (body: unknown) => Notification;
    };

/** What tells one notification from others, and when it was sent. */
export interface Notification {
  readonly id?: unknown;
  /** Anything `Date` understands. */
  readonly timestamp?: unknown;
}

/** Whether two texts are equal, in a time that depends on neither where they differ nor how long the secret is. */
export function isSameText(one: string | Uint8Array, other: string | Uint8Array): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

const digest = (text: HmacSecret): Buffer => hash('sha256', text, 'buffer');

/** id and time in the body of castkeys' template. */
export function readOwnTemplate(body: unknown): Notification {
  if (typeof body !== 'object' || body === null) return {};
  const { id, timestamp } = Object.assign({ id: undefined, timestamp: undefined }, body);
  return { id, timestamp };
}

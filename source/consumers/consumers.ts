/** Places outside this machine's keychain that use a key: delivered to, and proven. */
import type { Secret } from '../keychain/secret.ts';

export { consumersIn, consumerWords, declaredFor } from './declarations.ts';
export { openConsumer } from './open-consumer.ts';

/** One place that uses the key of a slot. Every method throws a CastkeysError `consumer-failed` that never quotes the key. */
export interface Consumer {
  /** Stable, and unique among a slot's. */
  readonly id: string;
  readonly title: string;
  /** Looks whether it can be delivered to, and changes nothing. Comes to the evidence in words. */
  readonly preflight: () => Promise<string>;
  /** Gives it this key; the same again is fine. Rolling back is delivering the key before. */
  readonly deliver: (secret: Secret) => Promise<void>;
  /** Measures that it has this key. Comes to the evidence in words. */
  readonly prove: (secret: Secret) => Promise<string>;
}

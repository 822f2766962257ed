/** Webhooks that can be trusted: their secrets, their signatures, and what stands before an endpoint. */
export {
  acceptPreviousUntil,
  dropPreviousSecret,
  keepWebhookSecret,
  removeWebhookSecrets,
  unkeepWebhookSecret,
} from './secrets/keep-secret.ts';
export { readWebhookSecrets } from './secrets/read-secrets.ts';
export { makeWebhookSecret, readWebhookSecret, weaknessOf } from './secrets/secret-value.ts';
export { type ReplayMemory, replayMemory } from './verification/replay-memory.ts';
export { signPayload, verifyWebhookSignature } from './verification/signature.ts';
export { signWebhook } from './verification/standard-webhooks.ts';
export { verifyWebhook } from './verification/verify-webhook.ts';

/** Webhooks that can be trusted: their secrets, their signatures, and what stands before an endpoint. */
export { callbackProblem, isLoopbackUrl } from './configuration/callback-url.ts';
export { tellsIdAndTime, webhookTemplate } from './configuration/template.ts';
export { carriedIn, lostHeaders, wantedConfiguration } from './configuration/wanted.ts';
export { webhookClient } from './configuration/webhook-client.ts';
export { type Judged, judge, notSent, tellsReasons } from './probe/judge.ts';
export { hmacEncodings, type ProbeScheme } from './probe/probe-request.ts';
export { type Answer, send as sendProbe } from './probe/send.ts';
export { type Trial, trialsFor } from './probe/trials.ts';
export { currentSecrets } from './relay/current-secrets.ts';
export { type RelayRecord, startRelay } from './relay/relay.ts';
export { seenFile } from './relay/seen-file.ts';
export {
  acceptPreviousUntil,
  dropPreviousSecret,
  type KeptSecret,
  keepWebhookSecret,
  removeWebhookSecrets,
  restorePreviousSecret,
  unkeepWebhookSecret,
  webhookResource,
} from './secrets/keep-secret.ts';
export { readWebhookSecrets } from './secrets/read-secrets.ts';
export { makeWebhookSecret, readWebhookSecret, weaknessOf } from './secrets/secret-value.ts';
export { changeWebhook, type WebhookSettings, webhookOf } from './secrets/webhook-settings.ts';
export { type ReplayMemory, replayMemory } from './verification/replay-memory.ts';
export { signPayload, verifyWebhookSignature } from './verification/signature.ts';
export { signWebhook } from './verification/standard-webhooks.ts';
export { refusals, type Verdict } from './verification/verdict.ts';
export { type VerifyWebhookOptions, verifyWebhook } from './verification/verify-webhook.ts';

/**
 * The library: clients whose keys come from the keychain, the broker or, in CI, from variables; the checklist; the audit
 * log; and the verification of webhooks. Importing it does no work, and loads no screen.
 *
 * @example
 * import { castai } from 'castkeys';
 *
 * const { reader } = castai('production');
 * for (const cluster of await reader.clusters()) console.log(cluster.name, cluster.status);
 */
export { type CastaiClient, CastaiError } from './castai/castai.ts';
export type { CheckId, CheckResult, CheckState, StatusReport } from './checklist/checklist.ts';
export { CastkeysError, type ErrorCode } from './errors.ts';
export {
  type AuditedAction,
  auditLog,
  type Castai,
  type CastaiOptions,
  type ChecklistOptions,
  castai,
  type KeysFrom,
  readChecklist,
} from './library/library.ts';
export {
  type ReplayMemory,
  replayMemory,
  signPayload,
  signWebhook,
  type Verdict,
  type VerifyWebhookOptions,
  verifyWebhook,
  verifyWebhookSignature,
} from './webhooks/webhooks.ts';

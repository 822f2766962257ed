import * as v from 'valibot';
import { timeSchema } from './time.ts';

/** The header that carries a webhook secret at Cast AI, which signs nothing (section 6.2 of the API facts). */
export const usualWebhookHeader = 'X-Webhook-Token';

const webhookSecretSchema = v.object({
  addedAt: timeSchema,
  fingerprint: v.string(),
  store: v.picklist(['keychain', 'file', 'memory']),
});

/** What a profile has to do with webhooks. Never a secret itself: those are entries of kind `webhook`, named by these ids. */
export const webhookSchema = v.object({
  /** Every secret that may have an entry, by id; a record comes before its entry and goes after it. */
  secrets: v.record(v.string(), webhookSecretSchema),
  /** What is signed with, and what Cast AI is to send. */
  current: v.optional(v.string()),
  /** Still accepted beside the current one. */
  previous: v.optional(
    v.object({
      id: v.string(),
      /** Accepted until then; absent: until Cast AI sends the current one. */
      until: v.optional(timeSchema),
    }),
  ),
  header: v.optional(v.string(), usualWebhookHeader),
  /** Cast AI's configuration that this profile keeps. */
  configuration: v.optional(
    v.object({
      id: v.string(),
      name: v.string(),
      /** Where it calls; only the host, since a whole address may hold a secret. */
      host: v.string(),
      /** The secret that was last put there. */
      secretId: v.string(),
    }),
  ),
  /** What the latest probe of the endpoint found. */
  probe: v.optional(
    v.object({
      at: timeSchema,
      host: v.string(),
      /** Which requests were taken or refused and should not have been; none: clean. */
      wrong: v.array(v.string()),
      sent: v.number(),
    }),
  ),
});
export type WebhookSettings = v.InferOutput<typeof webhookSchema>;

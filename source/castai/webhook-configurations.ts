import * as v from 'valibot';
import { Secret } from '../keychain/secret.ts';
import { nothing, perform } from './call.ts';
import type { Connection } from './connection.ts';
import { id, listOf, maybe, record, time, words } from './fields.ts';
import { readPages } from './lists.ts';
import { path } from './path.ts';

const headers = v.nullish(
  v.pipe(
    v.record(v.string(), v.string()),
    v.transform(values =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, new Secret(value)])),
    ),
  ),
  () => ({}),
);

const configuration = record({
  id: v.optional(id, ''),
  name: v.nullish(words, ''),
  /** Verbatim, to be compared and sent back; it may hold a secret, so it is not for showing. */
  callbackUrl: v.nullish(v.string(), ''),
  severityTriggers: listOf(words),
  includeClusterless: v.nullish(v.boolean(), false),
  requestTemplate: v.nullish(v.string(), ''),
  clusterTriggers: maybe(v.object({ clusterIds: listOf(id) })),
  category: maybe(words),
  subcategory: maybe(words),
  authKeys: headers,
  /** `CanConnect` or `FailedToConnect`, of the latest call. */
  status: maybe(words),
  error: maybe(words),
  updatedAt: time,
});

/** A webhook as Cast AI has it (section 6). Whether the values of its headers come back, or a mask, is unknown. */
export type WebhookConfiguration = Readonly<v.InferOutput<typeof configuration>>;

/** What a webhook is to be. */
export interface WebhookWanted {
  readonly name: string;
  readonly callbackUrl: string;
  readonly severityTriggers: readonly string[];
  readonly includeClusterless: boolean;
  /** A Go template that gives JSON. */
  readonly requestTemplate: string;
  readonly clusterTriggers?: { readonly clusterIds: readonly string[] };
  readonly category?: string;
  readonly subcategory?: string;
  /** Headers of every call, the only proof there is. */
  readonly authKeys: Readonly<Record<string, Secret>>;
}

/** The webhooks of the organization the client speaks for. */
export interface WebhookConfigurations {
  list(): Promise<readonly WebhookConfiguration[]>;
  get(id: string): Promise<WebhookConfiguration>;
  /** Has the address called once, and saves nothing: `status` says what came of it. */
  tryOut(wanted: WebhookWanted): Promise<WebhookConfiguration>;
  /** Never repeated once it may have arrived: on `mayHaveHappened` look for it in `list()`. */
  create(wanted: WebhookWanted): Promise<WebhookConfiguration>;
  /** The whole of it; what is left out is gone. */
  replace(id: string, wanted: WebhookWanted): Promise<WebhookConfiguration>;
  delete(id: string): Promise<void>;
}

const all = '/v1/notifications/webhook-configurations';

export function webhookConfigurationsOf(connection: Connection): WebhookConfigurations {
  const one = (webhookId: string): string => all + path`/${webhookId}`;
  return {
    list: async () => readPages(connection, { path: all, name: 'items', item: configuration }),
    get: async webhookId =>
      perform(connection, { method: 'GET', path: one(webhookId), answer: configuration }),
    tryOut: async wanted =>
      perform(connection, {
        method: 'POST',
        path: all,
        body: { ...revealed(wanted), dryRun: true },
        answer: configuration,
        repeatable: true,
      }),
    create: async wanted =>
      perform(connection, { method: 'POST', path: all, body: revealed(wanted), answer: configuration }),
    replace: async (webhookId, wanted) =>
      perform(connection, {
        method: 'PUT',
        path: one(webhookId),
        body: revealed(wanted),
        answer: configuration,
      }),
    delete: async webhookId =>
      perform(connection, { method: 'DELETE', path: one(webhookId), answer: nothing }),
  };
}

function revealed({ authKeys, ...wanted }: WebhookWanted) {
  const values = Object.entries(authKeys).map(([name, value]) => [name, value.reveal()]);
  return { ...wanted, authKeys: Object.fromEntries(values) };
}

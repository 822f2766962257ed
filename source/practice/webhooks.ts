import { randomUUID } from 'node:crypto';
import type { Webhook } from './schema.ts';
import { renderTemplate, type TemplateData } from './template.ts';
import { type CallResult, callWebhook } from './webhook-call.ts';
import type { World } from './world.ts';

/** Something worth telling. What is left out is made up; `cluster` null or absent concerns the organization. */
export interface Notification {
  readonly id?: string;
  readonly severity?: string;
  readonly name?: string;
  readonly message?: string;
  readonly details?: unknown;
  readonly timestamp?: Date;
  readonly cluster?: {
    readonly id: string;
    readonly name: string;
    readonly providerType: string;
    readonly project: string;
  } | null;
}

/** The request body a webhook's template gives; throws a TemplateError where it can't be rendered. */
export function renderNotification(world: World, webhook: Webhook, notification: Notification): string {
  return renderTemplate(webhook.requestTemplate, templateData(world, webhook.organizationId, notification));
}

/** Renders, POSTs, and writes down on the configuration whether it could be reached. */
export async function deliver(
  world: World,
  webhook: Webhook,
  notification: Notification,
  signal: AbortSignal,
): Promise<CallResult> {
  const body = renderNotification(world, webhook, notification);
  const result = await callWebhook(webhook.callbackUrl, webhook.authKeys, body, signal);
  const error = result.reached ? statusError(result.status) : result.reason;
  webhook.status = error === '' ? 'CanConnect' : 'FailedToConnect';
  webhook.error = error;
  return result;
}

function statusError(status: number): string {
  return status >= 200 && status < 300 ? '' : `answered ${status}`;
}

function templateData(world: World, organizationId: string, given: Notification): TemplateData {
  const { cluster } = given;
  return {
    NotificationID: given.id ?? randomUUID(),
    OrganizationID: organizationId,
    Severity: given.severity ?? 'INFO',
    Name: given.name ?? 'Practice notification',
    Message: given.message ?? 'Sent by the practice server',
    Details: given.details ?? '',
    Timestamp: given.timestamp ?? new Date(world.instant()),
    Cluster: cluster
      ? {
          ID: cluster.id,
          Name: cluster.name,
          ProviderType: cluster.providerType,
          ProjectNamespaceID: cluster.project,
          ProjectName: cluster.project,
        }
      : null,
  };
}

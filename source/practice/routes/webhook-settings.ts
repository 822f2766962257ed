import * as v from 'valibot';
import { badRequest, Refusal } from '../answer.ts';
import { requiredName } from '../body.ts';
import type { Webhook } from '../schema.ts';
import { TemplateError } from '../template.ts';
import { renderNotification } from '../webhooks.ts';
import type { World } from '../world.ts';

const configEntries = {
  name: requiredName,
  callbackUrl: v.pipe(v.string(), v.url('not a URL')),
  severityTriggers: v.array(v.picklist(['UNSPECIFIED', 'CRITICAL', 'ERROR', 'WARNING', 'INFO', 'SUCCESS'])),
  includeClusterless: v.boolean(),
  requestTemplate: v.pipe(v.string(), v.nonEmpty('value is required')),
  clusterTriggers: v.optional(v.object({ clusterIds: v.array(v.string()) })),
  category: v.optional(v.string()),
  subcategory: v.optional(v.string()),
  authKeys: v.optional(v.pipe(v.record(v.string(), v.string()), v.check(areHeaders, 'not HTTP headers')), {}),
};
export const replaceSchema = v.object(configEntries);
export const createSchema = v.object({ ...configEntries, dryRun: v.optional(v.boolean(), false) });

export type Settings = Omit<Webhook, 'seq' | 'id' | 'organizationId' | 'createdAt'>;

export function settings(config: v.InferOutput<typeof replaceSchema>, now: string): Settings {
  const { clusterTriggers, category, subcategory, ...rest } = config;
  return {
    ...rest,
    updatedAt: now,
    clusterIds: clusterTriggers?.clusterIds ?? null,
    category: category ?? null,
    subcategory: subcategory ?? null,
    status: 'CanConnect',
    error: '',
  };
}

/** A template must render, and what it gives must be JSON. */
export function refuseTemplate(world: World, webhook: Webhook): void {
  try {
    JSON.parse(renderNotification(world, webhook, {}));
  } catch (thrown) {
    const description = thrown instanceof TemplateError ? thrown.message : 'does not render to JSON';
    throw new Refusal(badRequest({ field: 'requestTemplate', description }));
  }
}

function areHeaders(authKeys: Readonly<Record<string, string>>): boolean {
  try {
    new Headers(authKeys);
    return true;
  } catch {
    return false;
  }
}

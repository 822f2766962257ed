import type { WebhookConfiguration, WebhookWanted } from '../../castai/castai.ts';
import { Secret } from '../../keychain/secret.ts';
import { webhookTemplate } from './template.ts';

export interface ConfigurationRequest {
  /** What is there now; its name, triggers and further headers stay. */
  readonly existing?: WebhookConfiguration;
  readonly name: string;
  readonly callbackUrl: string;
  readonly header: string;
  readonly secret: Secret;
  readonly severities: readonly string[];
  /** Keep the template that is there. */
  readonly keepTemplate: boolean;
}

/** What Cast AI is to have: the secret in its header, and a body that tells a replay. */
export function wantedConfiguration(request: ConfigurationRequest): WebhookWanted {
  const { existing, callbackUrl, header, secret } = request;
  const { clusterTriggers, category, subcategory } = existing ?? {};
  return {
    name: existing?.name || request.name,
    callbackUrl,
    severityTriggers: existing?.severityTriggers ?? request.severities,
    includeClusterless: existing?.includeClusterless ?? true,
    requestTemplate: existing && request.keepTemplate ? existing.requestTemplate : webhookTemplate,
    ...(clusterTriggers ? { clusterTriggers } : {}),
    ...(category === undefined ? {} : { category }),
    ...(subcategory === undefined ? {} : { subcategory }),
    authKeys: {
      'Content-Type': new Secret('application/json'),
      ...furtherHeaders(existing, header),
      [header]: secret,
    },
  };
}

/** Headers besides ours that can be kept, since their values came back. */
function furtherHeaders(existing: WebhookConfiguration | undefined, header: string) {
  return Object.fromEntries(
    Object.entries(existing?.authKeys ?? {}).filter(
      ([name, value]) => !isOurs(name, header) && !isMask(value),
    ),
  );
}

/** Headers whose values Cast AI keeps to itself: a full replacement loses them. */
export function lostHeaders({ authKeys }: WebhookConfiguration, header: string): readonly string[] {
  return Object.entries(authKeys)
    .filter(([name, value]) => !isOurs(name, header) && isMask(value))
    .map(([name]) => name);
}

/** What Cast AI says it sends in a header. */
export type Carried = 'secret' | 'another' | 'nothing' | 'masked';

export function carriedIn({ authKeys }: WebhookConfiguration, header: string, secret: Secret): Carried {
  const found = Object.entries(authKeys).find(([name]) => name.toLowerCase() === header.toLowerCase());
  if (!found) return 'nothing';
  if (isMask(found[1])) return 'masked';
  return found[1].reveal() === secret.reveal() ? 'secret' : 'another';
}

const isOurs = (name: string, header: string): boolean =>
  ['content-type', header.toLowerCase()].includes(name.toLowerCase());

const isMask = (value: Secret): boolean => /^[*•x]*$/i.test(value.reveal());

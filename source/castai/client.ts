import { type AccessCalls, accessOf } from './access.ts';
import { fetchAnything } from './any-route.ts';
import { type AuditEvent, auditEventsOf } from './audit-events.ts';
import { type Cluster, clustersOf } from './clusters.ts';
import { type ClientOptions, type Connection, connect, type Limits, limited } from './connection.ts';
import { type IdentityCalls, identityOf } from './identity.ts';
import { type RoleBindings, roleBindingsOf } from './role-bindings.ts';
import { type ServiceAccounts, serviceAccountsOf } from './service-accounts.ts';
import { type Tokens, tokensOf } from './tokens.ts';
import { type WebhookConfigurations, webhookConfigurationsOf } from './webhook-configurations.ts';

/**
 * Cast AI's API with one key, at the one origin the key is bound to. Every call throws a `CastaiError` when it fails; what
 * belongs to an organization throws a `usage` error when the client has none.
 */
export interface CastaiClient extends IdentityCalls, AccessCalls {
  readonly origin: string;
  readonly organizationId: string | undefined;
  readonly tokens: Tokens;
  readonly serviceAccounts: ServiceAccounts;
  readonly roleBindings: RoleBindings;
  readonly webhooks: WebhookConfigurations;
  clusters(): Promise<readonly Cluster[]>;
  /** Cast AI's own audit log of a period, newest first. */
  auditEvents(period: { readonly from: Date; readonly to: Date }): Promise<readonly AuditEvent[]>;
  /**
   * Any other route: `path` is below the client's origin, the key is added, and after a 401 another key is tried where there
   * is one by then. Nothing is retried, and nothing is understood: any answer is an answer. Redirects are not followed.
   * Throws a `usage` error for another origin, and else what `fetch` throws.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** ms this machine's clock is ahead of Cast AI's, by the newest answer; undefined before one said the time. */
  clockSkewMs(): number | undefined;
  /** The same client for what belongs to this organization. The selector header is sent only if it was sent before. */
  inOrganization(id: string): CastaiClient;
  /** The same client with less time: its calls also end with `signal`, and all of them within `totalMs` from now. */
  limitedTo(limits: Limits): CastaiClient;
}

/** Makes a client. Throws a `usage` error for an origin that a key must not be sent to. Nothing is sent yet. */
export function castaiClient(options: ClientOptions): CastaiClient {
  return clientOver(connect(options));
}

function clientOver(connection: Connection): CastaiClient {
  return {
    origin: connection.origin,
    organizationId: connection.organizationId,
    ...identityOf(connection),
    ...accessOf(connection),
    tokens: tokensOf(connection),
    serviceAccounts: serviceAccountsOf(connection),
    roleBindings: roleBindingsOf(connection),
    webhooks: webhookConfigurationsOf(connection),
    clusters: () => clustersOf(connection),
    auditEvents: period => auditEventsOf(connection, period),
    fetch: (path, init) => fetchAnything(connection, path, init),
    clockSkewMs: () => connection.serverClock.skewMs,
    inOrganization: organizationId => clientOver({ ...connection, organizationId }),
    limitedTo: limits => clientOver(limited(connection, limits)),
  };
}

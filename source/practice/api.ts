import type { Route } from './route.ts';
import { auditRoutes } from './routes/audit.ts';
import { clusterRoutes } from './routes/clusters.ts';
import { groupRoutes } from './routes/groups.ts';
import { meAndOrganizationRoutes } from './routes/me-and-organizations.ts';
import { personalKeyRoutes } from './routes/personal-keys.ts';
import { roleBindingRoutes } from './routes/role-bindings.ts';
import { roleRoutes } from './routes/roles.ts';
import { serviceAccountKeyRoutes } from './routes/service-account-keys.ts';
import { serviceAccountRoutes } from './routes/service-accounts.ts';
import { specRoutes } from './routes/spec.ts';
import { webhookRoutes } from './routes/webhooks.ts';

const guarded: readonly Route[] = [
  ...meAndOrganizationRoutes,
  ...personalKeyRoutes,
  // Before the accounts: `/service-accounts/keys` is no account called "keys".
  ...serviceAccountKeyRoutes,
  ...serviceAccountRoutes,
  ...roleRoutes,
  ...roleBindingRoutes,
  ...groupRoutes,
  ...clusterRoutes,
  ...auditRoutes,
  ...webhookRoutes,
];

/** Cast AI's API as far as the practice server plays it, in the order it is matched (API facts, section 13). */
export const apiRoutes: readonly Route[] = [...guarded, ...specRoutes(guarded)];

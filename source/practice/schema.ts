import * as v from 'valibot';
import { definitionSchema, memberSchema } from './definition.ts';
import { seededNames } from './seeded.ts';

/** The practice server's whole state, as it is kept in memory and in its file. `seq` is the order of creation. */

const id = v.string();
const instant = v.pipe(v.string(), v.isoTimestamp());
const common = { seq: v.number(), id, name: v.string(), createdAt: instant };
const inOrganization = { ...common, organizationId: id };

const personSchema = v.object({ id, kind: v.picklist(['USER', 'SERVICE_ACCOUNT']), email: v.string() });

const organizationSchema = v.object({
  ...common,
  type: v.picklist(['ORGANIZATION_TYPE_DEFAULT', 'ORGANIZATION_TYPE_ENTERPRISE', 'ORGANIZATION_TYPE_CHILD']),
  parentId: v.nullable(id),
});

const userSchema = v.object({
  ...common,
  email: v.string(),
  username: v.string(),
  /** In the order joined; the first is the default organization. */
  organizationIds: v.array(id),
});

const serviceAccountSchema = v.object({
  ...inOrganization,
  email: v.string(),
  description: v.string(),
  author: personSchema,
  managedBy: v.string(),
});

const ownerSchema = v.object({ kind: v.picklist(['user', 'serviceAccount', 'cluster']), id });

const keySchema = v.object({
  ...inOrganization,
  owner: ownerSchema,
  /** The region that issued it; a server of another region does not know it. */
  region: v.string(),
  /** SHA-256 of the value in hex. 288 random bits need no salt and no stretching. */
  hash: v.string(),
  /** The value's first eight characters, the longest prefix ever shown. */
  prefix: v.string(),
  readonly: v.boolean(),
  createdBy: personSchema,
  expiresAt: v.nullable(instant),
  active: v.boolean(),
  lastUsedAt: v.nullable(instant),
  /** From when it is accepted, listed and no longer accepted: fixed when it is created, disabled or deleted. */
  acceptedFrom: instant,
  listedFrom: instant,
  refusedFrom: v.nullable(instant),
  deleted: v.boolean(),
});

const bindingSchema = v.object({
  ...inOrganization,
  description: v.string(),
  updatedAt: instant,
  definition: definitionSchema,
  /** What is in force until `effectiveFrom`, while the policies of an update are still being made. */
  replaces: v.nullable(definitionSchema),
  effectiveFrom: instant,
  outcome: v.picklist(['CREATED', 'FAILED']),
  managedBy: v.string(),
});

const groupSchema = v.object({
  ...inOrganization,
  description: v.string(),
  updatedAt: instant,
  members: v.array(v.object({ ...memberSchema.entries, addedAt: instant })),
  managedBy: v.string(),
});

const clusterSchema = v.object({ ...inOrganization, providerType: v.string(), region: v.string() });

const webhookSchema = v.object({
  ...inOrganization,
  updatedAt: instant,
  callbackUrl: v.string(),
  severityTriggers: v.array(v.string()),
  includeClusterless: v.boolean(),
  requestTemplate: v.string(),
  clusterIds: v.nullable(v.array(id)),
  category: v.nullable(v.string()),
  subcategory: v.nullable(v.string()),
  authKeys: v.record(v.string(), v.string()),
  status: v.picklist(['CanConnect', 'FailedToConnect']),
  error: v.string(),
});

const eventSchema = v.object({
  seq: v.number(),
  id,
  requestId: v.string(),
  organizationId: id,
  at: instant,
  resource: v.picklist([
    'api-key',
    'service-account',
    'role-binding',
    'group',
    'webhook',
    'cluster-token',
    'call',
  ]),
  action: v.picklist(['created', 'updated', 'enabled', 'disabled', 'expired', 'deleted', 'made']),
  actor: v.object({ ...personSchema.entries, name: v.string() }),
  target: v.object({ id: v.string(), name: v.string() }),
  clusterId: v.nullable(id),
});

export const stateSchema = v.object({
  format: v.literal('castkeys practice 1'),
  region: v.string(),
  sequence: v.number(),
  organizations: v.array(organizationSchema),
  users: v.array(userSchema),
  serviceAccounts: v.array(serviceAccountSchema),
  keys: v.array(keySchema),
  bindings: v.array(bindingSchema),
  groups: v.array(groupSchema),
  clusters: v.array(clusterSchema),
  webhooks: v.array(webhookSchema),
  events: v.array(eventSchema),
  /**
   * What the values of the seeded keys are derived from, so that they can be handed out again after a restart
   * and yet no value is on disk. Of every other key only the hash is kept.
   */
  seed: v.string(),
  /** The ids of the seeded keys. */
  seeded: v.object(v.entriesFromList(seededNames, id)),
});

export type State = v.InferOutput<typeof stateSchema>;
export type Organization = v.InferOutput<typeof organizationSchema>;
export type User = v.InferOutput<typeof userSchema>;
export type ServiceAccount = v.InferOutput<typeof serviceAccountSchema>;
export type Person = v.InferOutput<typeof personSchema>;
export type Owner = v.InferOutput<typeof ownerSchema>;
export type Key = v.InferOutput<typeof keySchema>;
export type Binding = v.InferOutput<typeof bindingSchema>;
export type Group = v.InferOutput<typeof groupSchema>;
export type Cluster = v.InferOutput<typeof clusterSchema>;
export type Webhook = v.InferOutput<typeof webhookSchema>;
export type Event = v.InferOutput<typeof eventSchema>;

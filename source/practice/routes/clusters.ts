import { covers } from '../access.ts';
import { type Answer, notFound, ok, Refusal } from '../answer.ts';
import { issueKey } from '../keys.ts';
import { personOf } from '../people.ts';
import { type Call, type Route, recordFor } from '../route.ts';
import type { Cluster } from '../schema.ts';
import { rfc3339 } from '../world.ts';

const clusters = '/v1/kubernetes/external-clusters';

/** Section 3.1: clusters, and the agent token, which no route lists or revokes. */
export const clusterRoutes: readonly Route[] = [
  { method: 'GET', path: clusters, needs: 'identity', handle: list },
  { method: 'GET', path: `${clusters}/{clusterId}`, needs: 'read-cluster', handle: read },
  { method: 'POST', path: `${clusters}/{clusterId}/token`, needs: 'operate-cluster', handle: issueToken },
];

function list(call: Call): Answer {
  const here = call.grants.filter(grant => grant.organizationId === call.organizationId);
  const found = inOrganization(call).filter(cluster => here.some(grant => covers(grant, cluster.id)));
  return ok({ items: found.map(view) });
}

function read(call: Call): Answer {
  return ok(view(find(call)));
}

/** A new token leaves the old ones as good as before: that is what was seen (section 3.1). */
function issueToken(call: Call): Answer {
  const cluster = find(call);
  const { value } = issueKey(call.world, {
    name: `agent of ${cluster.name}`,
    owner: { kind: 'cluster', id: cluster.id },
    organizationId: cluster.organizationId,
    createdBy: personOf(call.actor),
  });
  recordFor(call, { resource: 'cluster-token', action: 'created', target: cluster, clusterId: cluster.id });
  return ok({ token: value });
}

function inOrganization({ world, organizationId }: Call): readonly Cluster[] {
  return world.state.clusters.filter(one => one.organizationId === organizationId);
}

function find(call: Call): Cluster {
  const cluster = inOrganization(call).find(one => one.id === call.params['clusterId']);
  if (cluster === undefined) throw new Refusal(notFound());
  return cluster;
}

function view({ id, name, organizationId, createdAt, providerType, region }: Cluster): object {
  return {
    id,
    name,
    organizationId,
    createdAt: rfc3339(createdAt),
    providerType,
    status: 'ready',
    agentStatus: 'online',
    region: { name: region, displayName: region },
  };
}

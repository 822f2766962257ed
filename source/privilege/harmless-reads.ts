import type { CastaiClient } from '../castai/castai.ts';
import { answered } from './answered.ts';
import { exactly, nothing } from './level.ts';
import { spanOfPermissions } from './permissions.ts';
import { noRights, type Rights, together } from './rights.ts';

/** What a key is seen to be able to do, and by what. It may be able to do more. */
export interface Seen {
  readonly rights: Rights;
  /** In words; empty where nothing answered. */
  readonly by: readonly string[];
}

/**
 * What a key shows of itself without anything being changed: the permission groups Cast AI says it has, and what it is
 * answered. Each proves something and rules nothing out. Being answered the list of service accounts proves reading
 * only: that managing them takes an Owner is documented (section 3 of the API facts), that listing them does is not.
 */
export async function seenWith(client: CastaiClient, organizationId: string): Promise<Seen> {
  const here = client.inOrganization(organizationId);
  const [groups = [], accounts, clusters = []] = await Promise.all([
    answered(here.permissionGroups()),
    answered(here.serviceAccounts.list()),
    answered(here.clusters()),
  ]);
  const span = spanOfPermissions(groups.map(({ permissions }) => ({ endpoints: permissions, groups: [] })));
  const named = { ...noRights, organization: exactly(span.atLeast) };
  const read = { ...noRights, organization: accounts ? exactly('read') : nothing };
  const seen = { ...noRights, clusters: Object.fromEntries(clusters.map(({ id }) => [id, exactly('read')])) };
  return {
    rights: [named, read, seen].reduce(together),
    by: [
      ...(groups.length > 0 ? ['its permission groups'] : []),
      ...(accounts ? ['it may list service accounts'] : []),
      ...(clusters.length > 0 ? [`it sees ${clusters.length} of the clusters`] : []),
    ],
  };
}

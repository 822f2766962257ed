import type { CastaiClient, RoleBinding } from '../castai/castai.ts';
import { answered } from './answered.ts';
import { type Rights, rightsFrom, together, unlimited } from './rights.ts';

/** Whose bindings, read with which key, and how that key is called in words. */
export interface BindingsWanted {
  readonly client: CastaiClient;
  readonly organizationId: string;
  readonly ownerId: string;
}

/**
 * An owner's rights by the role bindings of its organization and of the enterprise above. What can't be read of it
 * (groups, the enterprise) leaves the rights open upwards.
 * @returns undefined where the bindings themselves can't be read.
 */
export async function rightsByBindings(wanted: BindingsWanted): Promise<Rights | undefined> {
  const { client, organizationId, ownerId } = wanted;
  const here = client.inOrganization(organizationId);
  const [direct, groups, organization] = await Promise.all([
    answered(here.roleBindings.list({ subjectId: ownerId })),
    answered(here.groups.list({ memberId: ownerId })),
    answered(here.organization(organizationId)),
  ]);
  if (!direct) return undefined;
  const holder = { ownerId, organizationId };
  // Without the list of roles the built-in ones are known by their ids.
  const roles = (await answered(here.roles())) ?? [];
  const byGroups = await bindingsOf(here, groups ?? []);
  return [
    rightsFrom(holder, distinct([...direct, ...(byGroups ?? [])]), roles, groups ?? []),
    ...(groups && byGroups ? [] : [unlimited({ words: 'which groups it is in could not be read' })]),
    ...(organization
      ? []
      : [unlimited({ words: 'the enterprise above the organization could not be read' })]),
    ...(organization?.parentId ? [await rightsFromAbove(wanted, organization.parentId)] : []),
  ].reduce(together);
}

/** What is granted in the enterprise, as far as it reaches down. */
async function rightsFromAbove(
  { client, organizationId, ownerId }: BindingsWanted,
  enterpriseId: string,
): Promise<Rights> {
  const above = client.inOrganization(enterpriseId);
  const [direct, groups] = await Promise.all([
    answered(above.roleBindings.list({ subjectId: ownerId })),
    answered(above.groups.list({ memberId: ownerId })),
  ]);
  const byGroups = groups && (await bindingsOf(above, groups));
  if (!direct || !groups || !byGroups) {
    return unlimited({ words: 'what it may do through the enterprise above could not be read' });
  }
  const roles = (await answered(above.roles())) ?? [];
  const holder = { ownerId, organizationId, enterpriseId };
  return rightsFrom(holder, distinct([...direct, ...byGroups]), roles, groups);
}

async function bindingsOf(
  client: CastaiClient,
  groups: readonly { readonly id: string }[],
): Promise<readonly RoleBinding[] | undefined> {
  if (groups.length === 0) return [];
  return answered(client.roleBindings.list({ groupId: groups.map(({ id }) => id) }));
}

function distinct(bindings: readonly RoleBinding[]): readonly RoleBinding[] {
  return [...new Map(bindings.map(binding => [binding.id, binding])).values()];
}

import type { Group, Role, RoleBinding } from '../../../source/castai/castai.ts';

export const organizationId = 'org';
export const ownerId = 'owner';
export const holder = { ownerId, organizationId };

export const roleIds = {
  owner: '3e1050c7-6593-4298-94bb-154637911d78',
  member: '8c60bd8e-21de-402a-969f-add07fd22c1b',
  viewer: '6fc95bd7-6049-4735-80b0-ce5ccde71cb1',
  enterpriseOwner: '0145fead-6c09-41cb-a262-cfaaab392971',
} as const;

interface BindingOver {
  readonly id?: string;
  readonly roleId?: string;
  readonly scopes?: readonly RoleBinding['scopes'][number][];
  readonly subjects?: readonly RoleBinding['subjects'][number][];
  readonly status?: readonly { readonly state: string }[];
}

/** A binding of the owner to a role over the organization, in force; with what a test is about put over it. */
export function binding(over: BindingOver = {}): RoleBinding {
  const { scopes, subjects, status, ...rest } = over;
  return {
    id: 'binding',
    name: 'a binding',
    roleId: roleIds.viewer,
    ...rest,
    scopes: [...(scopes ?? [{ kind: 'organization', id: organizationId } as const])],
    subjects: [...(subjects ?? [{ kind: 'service-account', id: ownerId } as const])],
    status: [...(status ?? [{ state: 'CREATED' }])],
  };
}

export const onCluster = (id: string) => ({ scopes: [{ kind: 'cluster', id }] }) as const;

/** A role somebody made, with these endpoints allowed. */
export function customRole(...endpoints: readonly string[]): Role {
  return {
    id: 'custom',
    name: 'Viewer',
    isDefault: false,
    permissions: [{ effect: 'ALLOW', endpoints: [...endpoints], groups: [] }],
  };
}

export function group(...members: readonly string[]): Group {
  return { id: 'group', name: 'a group', members: members.map(id => ({ id })) };
}

import * as v from 'valibot';
import { type Connection, organizationIn } from './connection.ts';
import { id, listOf, maybe, record, sparse, time, words } from './fields.ts';
import { readPages } from './lists.ts';
import { path } from './path.ts';

/** Cast AI's fixed roles (section 4.2). Analyst has no known id. Prefer what `roles()` says of them. */
export const builtInRoles = {
  owner: { name: 'Owner', id: '3e1050c7-6593-4298-94bb-154637911d78' },
  member: { name: 'Member', id: '8c60bd8e-21de-402a-969f-add07fd22c1b' },
  viewer: { name: 'Viewer', id: '6fc95bd7-6049-4735-80b0-ce5ccde71cb1' },
  enterpriseOwner: { name: 'Enterprise Owner', id: '0145fead-6c09-41cb-a262-cfaaab392971' },
  enterpriseViewer: { name: 'Enterprise Viewer', id: 'd2ff8433-af9a-4a39-8900-6f6b96e43eb6' },
} as const;

const role = v.pipe(
  v.object({
    id,
    name: v.nullish(words, ''),
    description: maybe(words),
    default: maybe(v.boolean()),
    deprecated: maybe(v.boolean()),
    definition: maybe(
      v.object({
        permissions: listOf(
          record({ effect: maybe(words), endpoints: listOf(words), groups: listOf(words) }),
        ),
      }),
    ),
  }),
  v.transform(({ definition, default: isDefault, ...rest }) => ({
    ...rest,
    /** False for a custom role; absent: the answer doesn't say. */
    isDefault,
    /** `effect` is ALLOW or DENY. */
    permissions: definition?.permissions ?? [],
  })),
  v.transform(sparse),
);

const group = v.pipe(
  record({
    id,
    name: v.nullish(words, ''),
    description: maybe(words),
    managedBy: maybe(words),
    createdAt: time,
    definition: maybe(v.object({ members: listOf(record({ id, email: maybe(words), kind: maybe(words) })) })),
  }),
  v.transform(({ definition, ...rest }) => ({ ...rest, members: definition?.members ?? [] })),
);

const permissionGroup = record({
  name: words,
  displayName: maybe(words),
  description: maybe(words),
  permissions: listOf(words),
  categoryProduct: maybe(words),
});

export type Role = Readonly<v.InferOutput<typeof role>>;
/** A member's `kind`: `USER`, `SERVICE_ACCOUNT`, or what Cast AI adds. */
export type Group = Readonly<v.InferOutput<typeof group>>;
/** The nearest thing to "what can this key do" (section 4.3). */
export type PermissionGroup = Readonly<v.InferOutput<typeof permissionGroup>>;

/** Who may do what in the client's organization. */
export interface AccessCalls {
  roles(): Promise<readonly Role[]>;
  groups: { list(filter?: { readonly memberId?: string }): Promise<readonly Group[]> };
  /** Those available to this key. */
  permissionGroups(): Promise<readonly PermissionGroup[]>;
}

export function accessOf(connection: Connection): AccessCalls {
  const organization = (): string => path`/v1/organizations/${organizationIn(connection)}`;
  return {
    roles: async () => readPages(connection, { path: `${organization()}/roles`, name: 'roles', item: role }),
    groups: {
      list: async (filter = {}) =>
        readPages(connection, {
          path: `${organization()}/groups`,
          query: { ...filter },
          name: 'groups',
          item: group,
        }),
    },
    permissionGroups: async () =>
      readPages(connection, {
        path: `/organization-management${organization()}/permission-groups`,
        name: 'permissionGroups',
        item: permissionGroup,
      }),
  };
}

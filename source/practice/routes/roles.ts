import { allows } from '../access.ts';
import { type Answer, badRequest, ok, Refusal } from '../answer.ts';
import { Pager, tailA } from '../paging.ts';
import { allRoles, type Power, type Role } from '../roles.ts';
import type { Call, Route } from '../route.ts';

/** Section 4.3: the roles there are, and what the caller may do. */
export const roleRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/organizations/{organizationId}/roles', needs: 'read', handle: list },
  {
    method: 'GET',
    path: '/organization-management/v1/organizations/{organizationId}/permission-groups',
    needs: 'identity',
    handle: permissionGroups,
  },
];

const verbs: Readonly<Record<Power, readonly string[]>> = {
  read: ['GET'],
  operate: ['GET', 'POST', 'PUT', 'PATCH'],
  own: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
};

function list(call: Call): Answer {
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const type = pager.query.get('type') ?? 'ALL';
  const found = allRoles.map((role, seq) => ({ seq, role })).filter(({ role }) => wanted(role, type));
  const page = pager.cut(found);
  const organization = call.world.state.organizations.find(one => one.id === call.organizationId);
  const since = organization?.createdAt.replace(/\.\d+Z$/, 'Z') ?? '';
  const view = ({ id, name, description, level, power }: Role) => ({
    id,
    organizationId: call.organizationId,
    name,
    description,
    createdAt: since,
    updatedAt: since,
    default: true,
    deprecated: false,
    level,
    definition: {
      permissions: [{ effect: 'ALLOW', endpoints: verbs[power].map(verb => `${verb} /*`), groups: [] }],
    },
  });
  return ok({ roles: page.items.map(({ role }) => view(role)), ...tailA(page) });
}

function wanted(role: Role, type: string): boolean {
  switch (type) {
    case 'ALL':
      return true;
    case 'DEFAULT':
      return role.level === 'ORGANIZATION';
    case 'ENTERPRISE':
      return role.level === 'ENTERPRISE';
    default:
      throw new Refusal(badRequest({ field: 'type', description: 'unknown value' }));
  }
}

/** The groups available to the caller. The real names are not public: these say by themselves that they are made up. */
const groups = [
  { right: 'read', name: 'practice.invented.read', displayName: 'Read (invented)' },
  { right: 'operate', name: 'practice.invented.operate', displayName: 'Operate clusters (invented)' },
  { right: 'own', name: 'practice.invented.own', displayName: 'Manage the organization (invented)' },
] as const;

function permissionGroups(call: Call): Answer {
  const pager = new Pager(call.query, call.world.behaviour.pageCap);
  const found = groups
    .filter(({ right }) => allows(call.grants, right, call.organizationId, undefined))
    .map((group, seq) => ({ seq, ...group }));
  const page = pager.cut(found);
  const permissionGroups = page.items.map(({ right, name, displayName }) => ({
    name,
    displayName,
    description: 'Invented by the practice server',
    permissions: verbs[right].map(verb => `${verb} /*`),
    categoryDisplayName: 'Practice',
    categoryDescription: '',
    resourceDisplayName: 'Everything',
    resourceDescription: '',
    categoryProduct: 'PRODUCT_TYPE_CAST',
  }));
  return ok({ permissionGroups, nextPage: tailA(page).nextPage });
}

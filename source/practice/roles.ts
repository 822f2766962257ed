/** What a role lets its holder do: read; also run clusters; also manage people, keys and bindings. */
export type Power = 'read' | 'operate' | 'own';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly level: 'ORGANIZATION' | 'ENTERPRISE';
  readonly power: Power;
}

/** The built-in roles with Cast AI's own ids (section 4.2). Analyst's id is not public: this one is invented. */
export const roles = {
  owner: {
    id: '3e1050c7-6593-4298-94bb-154637911d78',
    name: 'Owner',
    description: 'Everything, including members, billing and service-account keys',
    level: 'ORGANIZATION',
    power: 'own',
  },
  member: {
    id: '8c60bd8e-21de-402a-969f-add07fd22c1b',
    name: 'Member',
    description: 'All cluster operations; no organization management',
    level: 'ORGANIZATION',
    power: 'operate',
  },
  viewer: {
    id: '6fc95bd7-6049-4735-80b0-ce5ccde71cb1',
    name: 'Viewer',
    description: 'Read-only everywhere',
    level: 'ORGANIZATION',
    power: 'read',
  },
  analyst: {
    id: 'a0a1757a-0000-4000-8000-00000000fa4e',
    name: 'Analyst',
    description: 'Full cost features, otherwise read-only',
    level: 'ORGANIZATION',
    power: 'read',
  },
  enterpriseOwner: {
    id: '0145fead-6c09-41cb-a262-cfaaab392971',
    name: 'Enterprise Owner',
    description: 'Everything in the enterprise and its organizations',
    level: 'ENTERPRISE',
    power: 'own',
  },
  enterpriseViewer: {
    id: 'd2ff8433-af9a-4a39-8900-6f6b96e43eb6',
    name: 'Enterprise Viewer',
    description: 'Read-only in the enterprise and its organizations',
    level: 'ENTERPRISE',
    power: 'read',
  },
} as const satisfies Record<string, Role>;

export const allRoles: readonly Role[] = Object.values(roles);

export function roleById(id: string): Role | undefined {
  return allRoles.find(role => role.id === id);
}

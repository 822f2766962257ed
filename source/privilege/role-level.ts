import { builtInRoles, type Role } from '../castai/castai.ts';
import { anything, exactly, type Level, type Span } from './level.ts';
import { spanOfPermissions } from './permissions.ts';

const { owner, member, viewer, enterpriseOwner, enterpriseViewer } = builtInRoles;

const levelsById: Readonly<Record<string, Level>> = {
  [owner.id]: 'own',
  [member.id]: 'operate',
  [viewer.id]: 'read',
  [enterpriseOwner.id]: 'own',
  [enterpriseViewer.id]: 'read',
};

/** For roles that Cast AI says are its own: Analyst's id is not public. */
const levelsByName: Readonly<Record<string, Level>> = { Analyst: 'analyse' };

export const isEnterpriseRole = (roleId: string): boolean =>
  roleId === enterpriseOwner.id || roleId === enterpriseViewer.id;

/** What a role lets its holder do, how it is called, and what of it can't be told. */
export interface JudgedRole {
  readonly name: string;
  readonly span: Span;
  /** In words; absent: nothing. */
  readonly doubt?: string;
}

/**
 * Judges a role: a built-in one by what Cast AI documents, a custom one by its permissions. A custom role may be called
 * "Viewer", so a name counts for nothing unless Cast AI says that the role is its own.
 */
export function judgeRole(roleId: string, roles: readonly Role[]): JudgedRole {
  const role = roles.find(({ id }) => id === roleId);
  const builtIn = Object.hasOwn(levelsById, roleId) ? levelsById[roleId] : undefined;
  if (builtIn && role?.isDefault !== false)
    return { name: role?.name || nameOf(roleId), span: exactly(builtIn) };
  if (!role) {
    return { name: roleId, span: anything, doubt: `what the role ${roleId} allows can't be read` };
  }
  const named = role.isDefault ? levelsByName[role.name] : undefined;
  if (named) return { name: role.name, span: exactly(named) };
  return judgeCustom(role);
}

function judgeCustom({ name, permissions }: Role): JudgedRole {
  if (permissions.length === 0) {
    return { name, span: anything, doubt: `the custom role ${name} doesn't say what it allows` };
  }
  const span = spanOfPermissions(permissions);
  if (span.atLeast === span.atMost) return { name, span };
  return { name, span, doubt: `what the custom role ${name} allows can't be told from its permissions` };
}

const nameOf = (roleId: string): string =>
  Object.values(builtInRoles).find(({ id }) => id === roleId)?.name ?? roleId;

import type { Group, Role, RoleBinding, Scope } from '../castai/castai.ts';
import { anything, both, cappedAt, exactly, nothing, perhaps, type Span } from './level.ts';
import { isEnterpriseRole, judgeRole } from './role-level.ts';

/** Why it can't be told for sure what a key may do, and what would tell it. */
export interface Doubt {
  readonly words: string;
  readonly cure?: 'admin-credential' | 'adopt' | 'name-clusters';
}

/** What a key may do: over its organization, and more than that on single clusters, by id. */
export interface Rights {
  readonly organization: Span;
  readonly clusters: Readonly<Record<string, Span>>;
  /** What keeps the spans from being exact. */
  readonly doubts: readonly Doubt[];
}

export const noRights: Rights = { organization: nothing, clusters: {}, doubts: [] };

/** Whose rights, and where. */
export interface Holder {
  readonly ownerId: string;
  readonly organizationId: string;
  /** The enterprise above the organization: what is granted there may reach down. */
  readonly enterpriseId?: string;
}

/**
 * What role bindings give an owner in an organization, by itself and through its groups (section 4.4 of the API facts).
 * `groups` are those asked for by this member: one that lists no members at all is taken for perhaps its own.
 */
export function rightsFrom(
  holder: Holder,
  bindings: readonly RoleBinding[],
  roles: readonly Role[],
  groups: readonly Group[],
): Rights {
  return bindings.reduce((sum, binding) => {
    const names = namesHolder(binding, holder, groups);
    return names === 'no' ? sum : together(sum, granted(binding, holder, roles, names === 'perhaps'));
  }, noRights);
}

/** The rights of somebody who has both. */
export function together(one: Rights, other: Rights): Rights {
  const ids = new Set([...Object.keys(one.clusters), ...Object.keys(other.clusters)]);
  const at = (rights: Rights, id: string) => rights.clusters[id] ?? nothing;
  return {
    organization: both(one.organization, other.organization),
    clusters: Object.fromEntries([...ids].map(id => [id, both(at(one, id), at(other, id))])),
    doubts: [...one.doubts, ...other.doubts],
  };
}

/** Rights of which something may be missing: no limit upwards is proven. */
export const unlimited = (...doubts: readonly Doubt[]): Rights => ({
  organization: anything,
  clusters: {},
  doubts,
});

/**
 * The rights of a personal key: its owner's, unless it is read-only (section 4.4).
 * @param isReadonly undefined: not told.
 */
export function asPersonalKey(rights: Rights, isReadonly: boolean | undefined): Rights {
  if (isReadonly === false) return rights;
  const cap: Span = isReadonly ? exactly('read') : { atLeast: 'read', atMost: 'own' };
  const unsure: Doubt = {
    words: 'whether it is a read-only key is told only of a key that castkeys can name',
    cure: 'adopt',
  };
  return {
    organization: cappedAt(cap, rights.organization),
    clusters: Object.fromEntries(
      Object.entries(rights.clusters).map(([id, span]) => [id, cappedAt(cap, span)]),
    ),
    doubts: isReadonly ? rights.doubts : [...rights.doubts, unsure],
  };
}

type Certainty = 'yes' | 'perhaps' | 'no';

function namesHolder({ subjects }: RoleBinding, { ownerId }: Holder, groups: readonly Group[]): Certainty {
  const certainties = subjects.map((subject): Certainty => {
    if (subject.kind === 'unknown') return 'perhaps';
    if (subject.kind !== 'group') return subject.id === ownerId ? 'yes' : 'no';
    const group = groups.find(({ id }) => id === subject.id);
    if (!group) return 'no';
    if (group.members.length === 0) return 'perhaps';
    return group.members.some(({ id }) => id === ownerId) ? 'yes' : 'no';
  });
  return certainties.includes('yes') ? 'yes' : certainties.includes('perhaps') ? 'perhaps' : 'no';
}

function granted(binding: RoleBinding, holder: Holder, roles: readonly Role[], isUnsure: boolean): Rights {
  const { name, span, doubt } = judgeRole(binding.roleId, roles);
  const unsettled = isUnsure
    ? `whether the binding "${binding.name}" is for it can't be told`
    : unsettledBy(binding);
  const given = unsettled === undefined ? span : perhaps(span);
  const doubts = [doubt, unsettled].flatMap(words => (words === undefined ? [] : [{ words }]));
  const reached = binding.scopes.length === 0 ? [{ kind: 'unknown' } as const] : binding.scopes;
  return reached
    .map(scope => reaching(scope, holder, binding.roleId, name, given))
    .reduce(together, { ...noRights, doubts });
}

/** Granting is asynchronous, and an update that fails leaves what was before (section 4.3). */
function unsettledBy({ name, status }: RoleBinding): string | undefined {
  if (status.length === 0 || status.some(({ state }) => state === 'CREATED')) return undefined;
  return `the binding "${name}" is not in force (${status[0]?.state ?? 'state not told'})`;
}

function reaching(scope: Scope, holder: Holder, roleId: string, role: string, span: Span): Rights {
  switch (scope.kind) {
    case 'organization': {
      const reachesDown = scope.id === holder.enterpriseId && isEnterpriseRole(roleId);
      if (scope.id === holder.organizationId || reachesDown) return { ...noRights, organization: span };
      return unsureReach(span, `whether ${role} on another organization reaches this one can't be told`);
    }
    case 'cluster':
      return { ...noRights, clusters: { [scope.id]: span } };
    case 'resource':
    case 'unknown':
      return unsureReach(span, `what the binding to ${role} reaches can't be told`);
  }
}

const unsureReach = (span: Span, words: string): Rights => ({
  organization: perhaps(span),
  clusters: {},
  doubts: [{ words }],
});

import type { Policy, Scope } from '../profiles/profiles.ts';
import { exactly, higher, isAbove, type Level, levels, nothing, roleNames, type Span } from './level.ts';
import type { Doubt, Rights } from './rights.ts';

/** What a policy allows, in Cast AI's terms. */
export interface Allowance {
  /** Over the whole organization. */
  readonly organization: Level;
  /** The clusters that may also be written to; `unnamed`: some, but the policy doesn't say which. */
  readonly clusters: readonly string[] | 'unnamed';
}

export type Excess =
  | { readonly verdict: 'within' }
  /** `beyond` and `sufficient` in words: what it has too much, and the role that would do. */
  | { readonly verdict: 'exceeds'; readonly beyond: string; readonly sufficient: string }
  | { readonly verdict: 'unclear'; readonly doubts: readonly Doubt[]; readonly sufficient: string };

/** What a scope allows everywhere; `write:limited` allows nothing but on its clusters. */
const wholeOrganization: Readonly<Record<Scope, Level>> = {
  'read:*': 'read',
  'write:limited': 'none',
  'write:*': 'operate',
  'admin:*': 'own',
};

/**
 * Maps a policy's scopes to what Cast AI has: `read:*` is Viewer, `write:limited` Member on the named clusters only,
 * `write:*` Member on the organization, `admin:*` Owner. Analyst is between Viewer and Member.
 */
export function allows({ scopes, clusters }: Policy): Allowance {
  const organization = scopes.map(scope => wholeOrganization[scope]).reduce(higher, 'none');
  if (!scopes.includes('write:limited')) return { organization, clusters: [] };
  return { organization, clusters: clusters.length > 0 ? clusters : 'unnamed' };
}

/** Compares what a key may do with its policy. Only what is proven exceeds; only what is ruled out is within. */
export function excess(rights: Rights, policy: Policy): Excess {
  const allowance = allows(policy);
  const sufficient = sufficientRole(allowance);
  const places = [
    { cluster: undefined, span: rights.organization, allowed: exactly(allowance.organization) },
    ...Object.entries(rights.clusters).map(([cluster, span]) => ({
      cluster,
      span,
      allowed: allowedOn(cluster, allowance),
    })),
  ];
  const proven = places.filter(({ span, allowed }) => isAbove(span.atLeast, allowed.atMost));
  if (proven.length > 0) return { verdict: 'exceeds', beyond: listed(proven), sufficient };
  if (!places.some(({ span, allowed }) => isAbove(span.atMost, allowed.atLeast))) {
    return { verdict: 'within' };
  }
  const unnamed = places.some(
    ({ cluster, span, allowed }) => cluster !== undefined && isAbove(span.atLeast, allowed.atLeast),
  );
  return {
    verdict: 'unclear',
    doubts: unnamed
      ? [...rights.doubts, { words: unnamedWords(rights), cure: 'name-clusters' }]
      : rights.doubts,
    sufficient,
  };
}

function allowedOn(cluster: string, { organization, clusters }: Allowance): Span {
  const member = higher(organization, 'operate');
  if (clusters === 'unnamed') return { atLeast: organization, atMost: member };
  return exactly(clusters.includes(cluster) ? member : organization);
}

const unnamedWords = ({ clusters }: Rights): string =>
  `it may write to ${clusterWords(Object.keys(clusters))}, and the policy's write:limited names no clusters`;

/** The role, or roles, that give what the policy allows and no more. */
export function sufficientRole({ organization, clusters }: Allowance): string {
  const named = clusters === 'unnamed' ? 'the clusters it is for' : clusterWords(clusters);
  const isLimited = (clusters === 'unnamed' || clusters.length > 0) && isAbove('operate', organization);
  const parts = [
    ...(organization === 'none' ? [] : [roleNames[organization]]),
    ...(isLimited ? [`Member on ${named} only`] : []),
  ];
  return parts.join(' and ') || roleNames.none;
}

/** What is known of rights, in words: `Viewer on the organization, Member on cluster c1`. */
export function describeRights({ organization, clusters }: Rights): string {
  const places = [
    { cluster: undefined, span: organization },
    ...Object.entries(clusters).map(([cluster, span]) => ({ cluster, span })),
  ];
  return listed(places.filter(({ span }) => span.atLeast !== nothing.atLeast)) || 'no role at all';
}

interface Placed {
  readonly cluster: string | undefined;
  readonly span: Span;
}

function listed(places: readonly Placed[]): string {
  return levels
    .toReversed()
    .flatMap(level => {
      const here = places.filter(({ span }) => span.atLeast === level);
      const ids = here.flatMap(({ cluster }) => (cluster === undefined ? [] : [cluster]));
      const isEverywhere = ids.length < here.length;
      return [
        ...(isEverywhere ? [`${roleNames[level]} on the organization`] : []),
        ...(ids.length > 0 ? [`${roleNames[level]} on ${clusterWords(ids)}`] : []),
      ];
    })
    .join(', ');
}

/** Ids are long; three say enough. */
const shown = 3;

function clusterWords(ids: readonly string[]): string {
  const more = ids.length > shown ? ` and ${ids.length - shown} more` : '';
  return `${ids.length === 1 ? 'cluster' : 'clusters'} ${ids.slice(0, shown).join(', ')}${more}`;
}

import type { Policy } from '../profiles/profiles.ts';
import { type CredentialRoute, credentialRouteOf } from './credential-routes.ts';
import { forbidden, type Refusal } from './refusal.ts';
import { nameIn, type Target } from './target.ts';

/** What a request would do. */
export interface Asked {
  readonly method: string;
  readonly target: Target;
  /** `X-CastAI-Organization-Id`, where it was sent. */
  readonly organizationId: string | undefined;
}

/** What is allowed: a profile's policy, and the organization it is for, where it names one. */
export interface Rules {
  readonly profileName: string;
  readonly policy: Pick<Policy, 'scopes' | 'clusters'>;
  readonly organizationId: string | undefined;
}

export type Verdict =
  | { readonly allowed: true; readonly hidesFields: boolean }
  | { readonly allowed: false; readonly refusal: Refusal };

const readingMethods: readonly string[] = ['GET', 'HEAD'];
const writingMethods: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Decides about a request; everything that is not allowed by name is refused. */
export function judge(asked: Asked, rules: Rules): Verdict {
  const route = credentialRouteOf(asked.method, asked.target);
  const refusal =
    methodRefusal(asked) ??
    routeRefusal(route, asked) ??
    organizationRefusal(asked, rules) ??
    scopeRefusal(asked, rules);
  return refusal ? { allowed: false, refusal } : { allowed: true, hidesFields: route.kind === 'masked' };
}

const isReading = (method: string): boolean => readingMethods.includes(method);

function methodRefusal({ method }: Asked): Refusal | undefined {
  if (isReading(method) || writingMethods.includes(method)) return undefined;
  return forbidden(
    'method',
    `${method} is no method of Cast AI's API.`,
    'use GET, HEAD, POST, PUT, PATCH or DELETE',
  );
}

function routeRefusal(route: CredentialRoute, { method, target }: Asked): Refusal | undefined {
  if (route.kind !== 'refused') return undefined;
  return forbidden(
    'credentials',
    `${method} ${target.path} answers with ${route.what}, and no credential goes through the broker.`,
    'run that one step without --broker',
  );
}

function organizationRefusal({ target, organizationId }: Asked, rules: Rules): Refusal | undefined {
  const own = rules.organizationId?.toLowerCase();
  const inPath = target.segments[target.segments.indexOf('organizations') + 1];
  const named = [
    organizationId?.toLowerCase(),
    target.segments.includes('organizations') && isId(inPath) ? nameIn(inPath) : undefined,
  ];
  if (own === undefined || named.every(id => id === undefined || id === own)) return undefined;
  return forbidden(
    'organization',
    `The request is about another organization than that of ${rules.profileName}.`,
    'run it with a profile of that organization',
  );
}

/** `/v1/organizations/reservations/balance` is about no organization of that name. */
const isId = (segment: string | undefined): segment is string =>
  segment !== undefined && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?::|$)/.test(segment);

function scopeRefusal(asked: Asked, rules: Rules): Refusal | undefined {
  const { scopes } = rules.policy;
  const has = (scope: Policy['scopes'][number]) => scopes.includes(scope);
  if (has('admin:*')) return undefined;
  if (isReading(asked.method)) {
    if (has('read:*') || has('write:*')) return undefined;
    return has('write:limited')
      ? limitedRefusal(asked, rules, openToAll(asked.target))
      : outOfScope(asked, rules);
  }
  if (isAdministration(asked.target)) {
    return forbidden(
      'administration',
      `${asked.method} ${asked.target.path} changes who may do what, and the policy of ${rules.profileName} (${scopes.join(', ')}) does not allow that.`,
      'do it in the Cast AI console, or with a profile whose policy has admin:*',
    );
  }
  if (has('write:*')) return undefined;
  return has('write:limited') ? limitedRefusal(asked, rules, false) : outOfScope(asked, rules);
}

function outOfScope({ method, target }: Asked, { profileName, policy }: Rules): Refusal {
  return forbidden(
    'scope',
    `The policy of ${profileName} allows ${policy.scopes.join(', ') || 'nothing'}, and ${method} ${target.path} is more.`,
    `if that is wanted: castkeys profiles edit ${profileName} --scopes read:*,write:limited --clusters ID`,
  );
}

/** `write:limited` reaches only what lies below the paths of its clusters. */
function limitedRefusal(asked: Asked, rules: Rules, isOpen: boolean): Refusal | undefined {
  const own = new Set(rules.policy.clusters.map(id => id.toLowerCase()));
  const named = clustersNamedIn(asked.target);
  if (isOpen || (named.inPath.length > 0 && [...named.inPath, ...named.inQuery].every(id => own.has(id)))) {
    return undefined;
  }
  return forbidden(
    'cluster',
    `The policy of ${rules.profileName} allows write:limited, which reaches ${own.size === 0 ? 'no cluster, because it names none' : `only cluster ${[...own].join(', ')}`}; ${asked.method} ${asked.target.path} is not below ${own.size > 1 ? 'one of them' : 'it'}.`,
    `if that is wanted: castkeys profiles edit ${rules.profileName} --clusters ID,…`,
  );
}

/** What somebody without any right but on a cluster needs to find out who and where they are. */
const openPaths: readonly string[] = ['v1/me', 'v1/organizations', 'v1/kubernetes/external-clusters'];
const openToAll = ({ segments }: Target): boolean => openPaths.includes(segments.join('/'));

function clustersNamedIn({ segments, parameters }: Target) {
  return {
    inPath: segments.flatMap((segment, at) =>
      segment === 'clusters' || segment === 'external-clusters' ? [nameIn(segments[at + 1] ?? '')] : [],
    ),
    inQuery: parameters.filter(([name]) => /cluster/i.test(name)).map(([, value]) => value.toLowerCase()),
  };
}

const administrationWords: ReadonlySet<string> = new Set([
  'auth',
  'service-accounts',
  'role-bindings',
  'roles',
  'groups',
  'users',
  'members',
  'invitations',
  'enterprises',
  'permission-groups',
  'sso-connections',
  'api-keys',
  'api-key-settings',
  'api-key-budgets',
  'subscription',
]);

function isAdministration({ segments }: Target): boolean {
  if (segments.some(segment => administrationWords.has(nameIn(segment)))) return true;
  // An organization itself: `/v1/organizations`, `/v1/organizations/ID`, and what a colon makes of either.
  return segments.slice(-2).some(segment => nameIn(segment) === 'organizations');
}

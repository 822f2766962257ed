import { both, exactly, nothing, perhaps, type Span } from './level.ts';

/** A custom role's permission, and what a permission group says of itself (section 4.3 of the API facts). */
export interface Permission {
  /** `ALLOW` or `DENY`. */
  readonly effect?: string;
  readonly endpoints: readonly string[];
  /** Names of permission groups; what is in them is not public. */
  readonly groups: readonly string[];
}

/** A method, or `*`, and a path that may end in a wild card. */
const endpointShape = /^(GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE|\*)\s+(\/\S*|\*)$/i;
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Where people, roles, bindings, service accounts and their keys are managed: an Owner's business. */
const managed = ['/v1/organizations/', '/organization-management/'];
const clusters = '/v1/kubernetes/';

/** What a list of permissions lets somebody do. What can't be read leaves everything open; a DENY proves nothing allowed. */
export function spanOfPermissions(permissions: readonly Permission[]): Span {
  const allowed = permissions.filter(({ effect = 'ALLOW' }) => effect.toUpperCase() !== 'DENY');
  const isLimited = allowed.length < permissions.length;
  const span = allowed.reduce((sum, permission) => both(sum, spanOfPermission(permission)), nothing);
  return isLimited ? perhaps(span) : span;
}

function spanOfPermission({ endpoints, groups }: Permission): Span {
  const byGroups: Span = groups.length > 0 ? { atLeast: 'none', atMost: 'own' } : nothing;
  return endpoints.reduce((sum, endpoint) => both(sum, spanOfEndpoint(endpoint)), byGroups);
}

/** What being allowed to call one endpoint amounts to. */
export function spanOfEndpoint(endpoint: string): Span {
  const [, method, path = ''] = endpointShape.exec(endpoint.trim()) ?? [];
  if (method === undefined) return { atLeast: 'none', atMost: 'own' };
  if (reading.has(method.toUpperCase())) return exactly('read');
  if (managed.some(place => covers(path, place))) return exactly('own');
  if (covers(path, clusters)) return exactly('operate');
  // A report is asked for with a POST too: that much an Analyst may do.
  return { atLeast: 'analyse', atMost: 'operate' };
}

/** Whether a path, perhaps with a wild card, reaches into a place. */
function covers(path: string, place: string): boolean {
  const [fixed = ''] = path.split(/[*{]/);
  const isWild = fixed.length < path.length;
  return fixed.startsWith(place) || (isWild && place.startsWith(fixed));
}

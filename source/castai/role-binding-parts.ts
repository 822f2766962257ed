import * as v from 'valibot';
import { id, maybe } from './fields.ts';

/** What a binding reaches. `unknown`: a kind that did not exist when this was written, so not to be taken for narrow. */
export type Scope =
  | { readonly kind: 'organization' | 'cluster' | 'resource'; readonly id: string }
  | { readonly kind: 'unknown' };

/** Who is bound. */
export type Subject =
  | { readonly kind: 'user' | 'service-account' | 'group'; readonly id: string }
  | { readonly kind: 'unknown' };

export type KnownScope = Exclude<Scope, { kind: 'unknown' }>;
export type KnownSubject = Exclude<Subject, { kind: 'unknown' }>;

const reference = maybe(v.object({ id }));

/** On the wire a scope is an object with exactly one of these (section 4.3). */
export const scope = v.pipe(
  v.object({ organization: reference, cluster: reference, resource: reference }),
  v.transform(({ organization, cluster, resource }): Scope => {
    if (organization) return { kind: 'organization', id: organization.id };
    if (cluster) return { kind: 'cluster', id: cluster.id };
    if (resource) return { kind: 'resource', id: resource.id };
    return { kind: 'unknown' };
  }),
);

export const subject = v.pipe(
  v.object({ user: reference, serviceAccount: reference, group: reference }),
  v.transform(({ user, serviceAccount, group }): Subject => {
    if (user) return { kind: 'user', id: user.id };
    if (serviceAccount) return { kind: 'service-account', id: serviceAccount.id };
    if (group) return { kind: 'group', id: group.id };
    return { kind: 'unknown' };
  }),
);

export function scopeAsSent({ kind, id }: KnownScope): object {
  return { [kind]: { id } };
}

export function subjectAsSent({ kind, id }: KnownSubject): object {
  return { [kind === 'service-account' ? 'serviceAccount' : kind]: { id } };
}

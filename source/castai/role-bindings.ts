import * as v from 'valibot';
import { nothing, perform } from './call.ts';
import { type Connection, organizationIn } from './connection.ts';
import { id, listOf, maybe, record, time, words } from './fields.ts';
import { readPages } from './lists.ts';
import { path } from './path.ts';
import {
  type KnownScope,
  type KnownSubject,
  scope,
  scopeAsSent,
  subject,
  subjectAsSent,
} from './role-binding-parts.ts';

const roleBinding = v.pipe(
  record({
    id,
    name: v.nullish(words, ''),
    description: maybe(words),
    managedBy: maybe(words),
    createdAt: time,
    definition: v.object({ roleId: id, scopes: listOf(scope), subjects: listOf(subject) }),
    status: listOf(record({ state: maybe(words), message: maybe(words) })),
  }),
  v.transform(({ definition, ...binding }) => ({ ...binding, ...definition })),
);

// An array goes in and an array comes out; one binding each.
const created = v.pipe(
  v.tuple([roleBinding]),
  v.transform(([binding]) => binding),
);

/**
 * A role given to somebody for something (section 4.3). Granting is asynchronous: `status[].state` is `ACCEPTED` while it
 * is under way, then `CREATED` or `FAILED`.
 */
export type RoleBinding = Readonly<v.InferOutput<typeof roleBinding>>;

export interface RoleBindingWanted {
  readonly name: string;
  readonly description?: string;
  readonly roleId: string;
  /** At least one. */
  readonly scopes: readonly KnownScope[];
  readonly subjects: readonly KnownSubject[];
}

export interface RoleBindingFilter {
  readonly roleId?: string | readonly string[];
  readonly groupId?: string | readonly string[];
  readonly scopeId?: string | readonly string[];
  readonly scopeType?: 'ORGANIZATION' | 'CLUSTER';
  readonly subjectType?: 'SUBJECT_USER' | 'SUBJECT_GROUP' | 'SUBJECT_SERVICE_ACCOUNT';
  readonly subjectId?: string | readonly string[];
}

/** The role bindings of the client's organization. */
export interface RoleBindings {
  list(filter?: RoleBindingFilter): Promise<readonly RoleBinding[]>;
  create(wanted: RoleBindingWanted): Promise<RoleBinding>;
  get(id: string): Promise<RoleBinding>;
  delete(id: string): Promise<void>;
}

export function roleBindingsOf(connection: Connection): RoleBindings {
  const all = (): string => path`/v1/organizations/${organizationIn(connection)}/role-bindings`;
  const one = (id: string): string => all() + path`/${id}`;
  return {
    list: async (filter = {}) =>
      readPages(connection, { path: all(), query: { ...filter }, name: 'roleBindings', item: roleBinding }),
    create: async wanted =>
      perform(connection, { method: 'POST', path: all(), body: [asSent(wanted)], answer: created }),
    get: async id => perform(connection, { method: 'GET', path: one(id), answer: roleBinding }),
    delete: async id => perform(connection, { method: 'DELETE', path: one(id), answer: nothing }),
  };
}

function asSent({ roleId, scopes, subjects, ...rest }: RoleBindingWanted): object {
  return {
    ...rest,
    definition: { roleId, scopes: scopes.map(scopeAsSent), subjects: subjects.map(subjectAsSent) },
  };
}

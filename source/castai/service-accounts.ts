import * as v from 'valibot';
import { nothing, perform } from './call.ts';
import { type Connection, organizationIn } from './connection.ts';
import { id, maybe, record, time, words } from './fields.ts';
import { readPages } from './lists.ts';
import { path } from './path.ts';
import {
  allKeysOf,
  type OrganizationKey,
  type ServiceAccountKeys,
  serviceAccountKeysOf,
} from './service-account-keys.ts';

const serviceAccount = record({
  id,
  name: v.nullish(words, ''),
  email: maybe(words),
  description: maybe(words),
  createdAt: time,
  /** `console`, `terraform`, … */
  managedBy: maybe(words),
});
const wrapped = v.pipe(
  v.object({ serviceAccount }),
  v.transform(answer => answer.serviceAccount),
);

/** Section 3. A new one has no rights until a role binding or a group gives it some. */
export type ServiceAccount = Readonly<v.InferOutput<typeof serviceAccount>>;

/** The service accounts of the client's organization; managing them takes an Owner. */
export interface ServiceAccounts {
  list(filter?: { readonly name?: string }): Promise<readonly ServiceAccount[]>;
  create(wanted: { readonly name: string; readonly description?: string }): Promise<ServiceAccount>;
  get(id: string): Promise<ServiceAccount>;
  delete(id: string): Promise<void>;
  keys(id: string): ServiceAccountKeys;
  allKeys(): Promise<readonly OrganizationKey[]>;
}

export function serviceAccountsOf(connection: Connection): ServiceAccounts {
  const all = (): string => path`/v1/organizations/${organizationIn(connection)}/service-accounts`;
  const one = (id: string): string => all() + path`/${id}`;
  return {
    list: async ({ name } = {}) =>
      readPages(connection, {
        path: all(),
        query: { serviceAccountName: name },
        name: 'serviceAccounts',
        item: serviceAccount,
      }),
    // Flat in both directions, unlike reading.
    create: async wanted =>
      perform(connection, { method: 'POST', path: all(), body: wanted, answer: serviceAccount }),
    get: async id => perform(connection, { method: 'GET', path: one(id), answer: wrapped }),
    delete: async id => perform(connection, { method: 'DELETE', path: one(id), answer: nothing }),
    keys: id => serviceAccountKeysOf(connection, id),
    allKeys: () => allKeysOf(connection),
  };
}

import * as v from 'valibot';
import { nothing, perform } from './call.ts';
import { type Connection, organizationIn } from './connection.ts';
import { id, maybe, record, secret, time, words } from './fields.ts';
import { readPages } from './lists.ts';
import { path } from './path.ts';

const fields = {
  id,
  name: v.nullish(words, ''),
  /** Absent: the answer doesn't say. */
  active: maybe(v.boolean()),
  prefix: maybe(words),
  lastUsedAt: time,
  /** Absent: never. */
  expiresAt: time,
};
const key = record(fields);
// Only the list of all keys of an organization says when and whose.
const organizationKey = record({
  ...fields,
  createdAt: time,
  serviceAccount: maybe(v.object({ id, name: v.nullish(words, '') })),
});
const newKey = record({
  id,
  name: v.nullish(words, ''),
  token: secret,
  createdAt: time,
  expiresAt: time,
  active: maybe(v.boolean()),
});
const wrappedKey = v.pipe(
  v.object({ key }),
  v.transform(answer => answer.key),
);

/** A service account's key, without its value (section 3). */
export type ServiceAccountKey = Readonly<v.InferOutput<typeof key>>;
export type OrganizationKey = Readonly<v.InferOutput<typeof organizationKey>>;
/** The only time the value is told. */
export type CreatedServiceAccountKey = Readonly<v.InferOutput<typeof newKey>>;

export interface ServiceAccountKeyWanted {
  readonly name: string;
  /** ISO 8601; without it the key never expires. Can't be changed later, nor can the name. */
  readonly expiresAt?: string;
  /** Default true. */
  readonly active?: boolean;
}

/** The keys of one service account. */
export interface ServiceAccountKeys {
  list(): Promise<readonly ServiceAccountKey[]>;
  /** Never repeated once it may have arrived: on `mayHaveHappened` look for the name in `list()`. */
  create(wanted: ServiceAccountKeyWanted): Promise<CreatedServiceAccountKey>;
  get(keyId: string): Promise<ServiceAccountKey>;
  setActive(keyId: string, active: boolean): Promise<ServiceAccountKey>;
  /** Takes effect at once and can't be undone. */
  delete(keyId: string): Promise<void>;
}

export function serviceAccountKeysOf(connection: Connection, account: string): ServiceAccountKeys {
  const all = (): string =>
    path`/v1/organizations/${organizationIn(connection)}/service-accounts/${account}/keys`;
  const one = (keyId: string): string => all() + path`/${keyId}`;
  return {
    list: async () => readPages(connection, { path: all(), name: 'keys', item: key }),
    // The request is wrapped, its answer is flat.
    create: async wanted =>
      perform(connection, { method: 'POST', path: all(), body: { key: wanted }, answer: newKey }),
    get: async keyId => perform(connection, { method: 'GET', path: one(keyId), answer: wrappedKey }),
    setActive: async (keyId, active) =>
      perform(connection, { method: 'PATCH', path: one(keyId), body: { active }, answer: key }),
    delete: async keyId => perform(connection, { method: 'DELETE', path: one(keyId), answer: nothing }),
  };
}

/** The keys of all service accounts of an organization. */
export async function allKeysOf(connection: Connection): Promise<readonly OrganizationKey[]> {
  const all = path`/v1/organizations/${organizationIn(connection)}/service-accounts/keys`;
  return readPages(connection, { path: all, name: 'keys', item: organizationKey });
}

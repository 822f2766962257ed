import * as v from 'valibot';
import { perform } from './call.ts';
import type { Connection } from './connection.ts';
import { answerObject, id, maybe, record, time, words } from './fields.ts';
import { readList } from './lists.ts';
import { path } from './path.ts';

// The answer also holds readmeIoJwt, which looks like a credential: it is dropped here and never kept.
const me = v.pipe(
  answerObject,
  record({ id: maybe(words), name: maybe(words), email: maybe(words), username: maybe(words) }),
);

const fields = {
  id,
  name: v.nullish(words, ''),
  createdAt: time,
  parentId: maybe(words),
  type: maybe(words),
};
const organization = record(fields);

/** Whose key this is; everything is optional, and for a service account's key what comes is unknown (section 4.1). */
export type Me = Readonly<v.InferOutput<typeof me>>;
/** `type`: `ORGANIZATION_TYPE_DEFAULT`, `…_ENTERPRISE`, `…_CHILD`, or what Cast AI adds. */
export type Organization = Readonly<v.InferOutput<typeof organization>>;

export interface IdentityCalls {
  /** The cheapest question whether a key is alive. */
  me(): Promise<Me>;
  /** What the key reaches; the first is its default organization. */
  organizations(): Promise<readonly Organization[]>;
  organization(id: string): Promise<Organization>;
}

export function identityOf(connection: Connection): IdentityCalls {
  return {
    me: () => perform(connection, { method: 'GET', path: path`/v1/me`, answer: me }),
    organizations: () =>
      readList(connection, { path: path`/v1/organizations`, name: 'organizations', item: organization }),
    organization: async id =>
      perform(connection, { method: 'GET', path: path`/v1/organizations/${id}`, answer: organization }),
  };
}

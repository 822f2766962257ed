import * as v from 'valibot';
import { nothing, perform } from './call.ts';
import type { Connection } from './connection.ts';
import { id, maybe, record, secret, time, words } from './fields.ts';
import { readList } from './lists.ts';
import { path } from './path.ts';

const fields = {
  id,
  name: v.nullish(words, ''),
  /** Absent: the answer doesn't say. */
  active: maybe(v.boolean()),
  readonly: maybe(v.boolean()),
  createdAt: time,
  lastUsedAt: time,
  /** Absent: never. */
  expiresAt: time,
  createdBy: maybe(words),
  tokenPrefix: maybe(words),
  organizationId: maybe(words),
};
const token = record(fields);
const newToken = record({ ...fields, token: secret });

/** A personal API key, without its value (section 2). */
export type Token = Readonly<v.InferOutput<typeof token>>;
/** The only time the value is told. */
export type CreatedToken = Readonly<v.InferOutput<typeof newToken>>;

export interface TokenWanted {
  readonly name: string;
  readonly readonly: boolean;
  /** ISO 8601; without it the key never expires. */
  readonly expiresAt?: string;
  readonly organizationId?: string;
}

/** Personal API keys: `/v1/auth/tokens`. */
export interface Tokens {
  /** Of the current organization, or of `ALL`. Not paged. */
  list(filter?: { readonly userId?: string; readonly organizations?: 'ALL' }): Promise<readonly Token[]>;
  /** Never repeated once it may have arrived: on `mayHaveHappened` look for the name in `list()`. */
  create(wanted: TokenWanted): Promise<CreatedToken>;
  get(id: string): Promise<Token>;
  setActive(id: string, active: boolean): Promise<Token>;
  delete(id: string): Promise<void>;
}

export function tokensOf(connection: Connection): Tokens {
  return {
    list: async (filter = {}) =>
      readList(connection, { path: path`/v1/auth/tokens`, query: { ...filter }, name: 'items', item: token }),
    create: async wanted =>
      perform(connection, { method: 'POST', path: path`/v1/auth/tokens`, body: wanted, answer: newToken }),
    get: async id => perform(connection, { method: 'GET', path: path`/v1/auth/tokens/${id}`, answer: token }),
    setActive: async (id, active) =>
      perform(connection, {
        method: 'POST',
        path: path`/v1/auth/tokens/${id}`,
        body: { active },
        answer: token,
        repeatable: true,
      }),
    delete: async id =>
      perform(connection, { method: 'DELETE', path: path`/v1/auth/tokens/${id}`, answer: nothing }),
  };
}

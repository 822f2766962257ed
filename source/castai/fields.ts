import * as v from 'valibot';
import { Secret } from '../keychain/secret.ts';
import { looseKey } from './key-shape.ts';
import { harmless } from './scrub.ts';

// In every answer nulls and missing fields both occur (section 7), and mean the same.

/** What is undefined becomes absent, in the type too. */
type Sparse<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its undefined fields, so that it spreads, prints and compares as what is known. */
export function sparse<T extends object>(full: T): Sparse<T> {
  return Object.fromEntries(Object.entries(full).filter(([, value]) => value !== undefined)) as Sparse<T>;
}

/** An object as castkeys keeps it: only these fields, and only those that say something. */
export const record = <E extends v.ObjectEntries>(entries: E) =>
  v.pipe(v.object(entries), v.transform(sparse));

/** A field that may be missing or null; {@link record} leaves it out then. */
export const maybe = <T>(schema: v.GenericSchema<unknown, T>) => v.nullish(schema, () => undefined);

/** A list that may be missing or null; empty then. */
export const listOf = <T>(schema: v.GenericSchema<unknown, T>) => v.nullish(v.array(schema), () => []);

/** An object, and no array: valibot takes one for an object whose fields are all missing. */
export const answerObject = v.pipe(
  v.unknown(),
  v.check(answer => !Array.isArray(answer)),
  v.record(v.string(), v.unknown()),
);

/** Text a person wrote or reads. Printable from here on; a key that somebody put into a name is masked. */
export const words = v.pipe(
  v.string(),
  v.transform(text => harmless(text)),
);

/** An id, used in paths and shown; as far as is known a uuid, and never a key. */
export const id = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e]{1,200}$/),
  v.check(text => !looseKey.test(text)),
);

/** A key, filled in only in the answer to its creation. */
export const secret = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.transform(value => new Secret(value)),
);

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

// What Go writes for a time that was never set.
const zeroTime = '0001-01-01T00:00:00.000Z';

/**
 * A point in time as ISO 8601 UTC with milliseconds; undefined for missing, null, empty and Go's zero time. A time that
 * can't be read is an error: "never expires" and "never used" must not be concluded from it.
 */
export const time = maybe(
  v.pipe(
    v.string(),
    v.check(text => text === '' || (rfc3339.test(text) && !Number.isNaN(Date.parse(text)))),
    v.transform(text => (text === '' ? undefined : new Date(text).toISOString())),
    v.transform(iso => (iso === zeroTime ? undefined : iso)),
  ),
);

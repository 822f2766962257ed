import * as v from 'valibot';
import { misunderstood, perform } from './call.ts';
import type { Connection } from './connection.ts';
import { answerObject, listOf, maybe } from './fields.ts';
import type { Query } from './request.ts';

/** A kind of list: where it is, under which name its items stand (they differ, section 7), and what they are. */
export interface ListCall<T> {
  readonly path: string;
  readonly query?: Query;
  readonly name: string;
  readonly item: v.GenericSchema<unknown, T>;
}

/** Items a page is asked for; the highest the API allows is unknown. */
const pageSize = '100';
/** 20,000 items: more than an organization has, and an end for a server that always has one more page. */
const mostPages = 200;

const pagingFields: ReadonlySet<string> = new Set([
  'nextPage',
  'totalCount',
  'nextCursor',
  'previousCursor',
  'count',
]);

/** Reads a list that comes in one piece. */
export async function readList<T>(
  connection: Connection,
  { path, query, name, item }: ListCall<T>,
): Promise<readonly T[]> {
  const { items } = await perform(connection, {
    method: 'GET',
    path,
    ...(query && { query }),
    answer: page(name, item),
  });
  return items;
}

/** Reads a paged list to its end (paginations A and B of section 7). A cursor that comes again is an error, as is no end. */
export async function readPages<T>(
  connection: Connection,
  { path, query, name, item }: ListCall<T>,
): Promise<readonly T[]> {
  const all: T[] = [];
  const seen = new Set<string>();
  let cursor = '';
  for (let pages = 0; pages < mostPages; pages += 1) {
    const paging = { 'page.limit': pageSize, 'page.cursor': cursor || undefined };
    const answer = page(name, item);
    const next = await perform(connection, { method: 'GET', path, query: { ...query, ...paging }, answer });
    all.push(...next.items);
    cursor = next.nextPage?.cursor || next.nextCursor;
    if (cursor === '') return all;
    if (seen.has(cursor))
      throw misunderstood(connection, { method: 'GET', path }, 'its pages go in a circle');
    seen.add(cursor);
  }
  throw misunderstood(connection, { method: 'GET', path }, `it has more than ${mostPages} pages`);
}

/** One page. Its list may be left out when it is empty, but then nothing else may stand there in its place. */
function page<T>(name: string, item: v.GenericSchema<unknown, T>) {
  return v.pipe(
    answerObject,
    v.check(answer => name in answer || Object.keys(answer).every(key => pagingFields.has(key))),
    v.transform(answer => ({
      items: answer[name],
      nextPage: answer['nextPage'],
      nextCursor: answer['nextCursor'],
    })),
    v.object({
      items: listOf(item),
      nextPage: maybe(v.object({ cursor: v.nullish(v.string(), '') })),
      nextCursor: v.nullish(v.string(), ''),
    }),
  );
}

import * as v from 'valibot';
import { badRequest, Refusal } from './answer.ts';

const defaultSize = 50;

interface Numbered {
  readonly seq: number;
}

/** One page: its items, the limit in force, and the cursor of the next page; '' at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly limit: number;
  readonly nextCursor: string;
  readonly total: number;
}

const cursorSchema = v.object({ after: v.number(), query: v.string() });

/**
 * Reads `page.limit` and `page.cursor`. A cursor carries the filters of the first page, because Cast AI's
 * own poller sends nothing but limit and cursor from the second page on (section 5.1); and the place by
 * number, so that what is created or deleted meanwhile neither shifts nor repeats an item.
 */
export class Pager {
  /** The filters in force: this request's, or the first page's. */
  readonly query: URLSearchParams;
  readonly #limit: number;
  readonly #after: number | undefined;

  constructor(query: URLSearchParams, cap: number) {
    const cursor = readCursor(query.get('page.cursor') ?? '');
    this.#limit = readLimit(query.get('page.limit') ?? '', cap);
    this.#after = cursor?.after;
    this.query = cursor === undefined ? new URLSearchParams(query) : new URLSearchParams(cursor.query);
    this.query.delete('page.limit');
    this.query.delete('page.cursor');
  }

  /** Cuts the page out of everything found, oldest first, or newest first as the audit log is. */
  cut<T extends Numbered>(found: readonly T[], order: 'oldest' | 'newest' = 'oldest'): Page<T> {
    const after = this.#after;
    const sorted = found.toSorted((a, b) => (order === 'oldest' ? a.seq - b.seq : b.seq - a.seq));
    const rest = sorted.filter(
      item => after === undefined || (order === 'oldest' ? item.seq > after : item.seq < after),
    );
    const items = rest.slice(0, this.#limit);
    const last = items.at(-1);
    const nextCursor = last === undefined || rest.length === items.length ? '' : this.#cursorAfter(last);
    return { items, limit: this.#limit, nextCursor, total: found.length };
  }

  #cursorAfter(last: Numbered): string {
    const cursor = { after: last.seq, query: this.query.toString() };
    return Buffer.from(JSON.stringify(cursor)).toString('base64url');
  }
}

/** The tail of a paged answer of kind A (section 7): 64-bit numbers are strings. */
export function tailA(page: Page<unknown>): {
  nextPage: { cursor: string; limit: string };
  totalCount: string;
} {
  return { nextPage: { cursor: page.nextCursor, limit: String(page.limit) }, totalCount: String(page.total) };
}

/** The tail of a paged answer of kind B. There is no way back here: `previousCursor` stays empty. */
export function tailB(page: Page<unknown>): { nextCursor: string; previousCursor: string; count: number } {
  return { nextCursor: page.nextCursor, previousCursor: '', count: page.total };
}

function readLimit(text: string, cap: number): number {
  if (text === '') return Math.min(defaultSize, cap);
  if (!/^\d+$/.test(text)) {
    throw new Refusal(badRequest({ field: 'page.limit', description: 'not a number' }));
  }
  const limit = Number(text);
  return Math.min(limit === 0 ? defaultSize : limit, cap);
}

function readCursor(text: string): v.InferOutput<typeof cursorSchema> | undefined {
  if (text === '') return undefined;
  const json = Buffer.from(text, 'base64url').toString('utf8');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cursorSchema), json);
  if (parsed.success) return parsed.output;
  throw new Refusal(badRequest({ field: 'page.cursor', description: 'not a cursor of this list' }));
}

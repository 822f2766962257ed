import * as v from 'valibot';
import type { Connection } from './connection.ts';
import { id, maybe, record, words } from './fields.ts';
import { readPages } from './lists.ts';
import { path } from './path.ts';

const event = record({
  id,
  eventType: v.nullish(words, ''),
  initiatedBy: maybe(record({ id: maybe(words), name: maybe(words), email: maybe(words) })),
  time: v.string(),
  /** A free object; what it was done to is in it, under names that are not published. */
  event: maybe(v.record(v.string(), v.unknown())),
  operation: maybe(record({ type: maybe(words), text: maybe(words) })),
});

/** An entry of Cast AI's own audit log (section 5.1). */
export type AuditEvent = Readonly<v.InferOutput<typeof event>>;

/** Cast AI's audit log of an organization, newest first. Whether keys are in it is not published. */
export function auditEventsOf(
  connection: Connection,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly AuditEvent[]> {
  return readPages(connection, {
    path: path`/v1/audit`,
    query: { fromDate: from.toISOString(), toDate: to.toISOString() },
    name: 'items',
    item: event,
  });
}

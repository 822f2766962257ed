import * as v from 'valibot';
import type { Connection } from './connection.ts';
import { id, maybe, record, words } from './fields.ts';
import { readList } from './lists.ts';
import { path } from './path.ts';

const cluster = record({
  id,
  name: v.nullish(words, ''),
  /** `ready`, `failed`, `hibernated`, … (section 3.1). */
  status: maybe(words),
  /** `online`, `non-responding`, … */
  agentStatus: maybe(words),
  organizationId: maybe(words),
});

export type Cluster = Readonly<v.InferOutput<typeof cluster>>;

/** The clusters the key sees. A key limited to some sees only those. */
export function clustersOf(connection: Connection): Promise<readonly Cluster[]> {
  return readList(connection, { path: path`/v1/kubernetes/external-clusters`, name: 'items', item: cluster });
}

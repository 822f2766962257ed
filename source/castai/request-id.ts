import type { Connection } from './connection.ts';
import { scrubber } from './scrub.ts';

/** The id under which Cast AI's support finds an answer. Also a mark that it was Cast AI that answered. */
export function requestIdIn(connection: Connection, headers: Headers): string | undefined {
  return scrubber(connection.secret)(headers.get('x-castai-request-id') ?? '', 100) || undefined;
}

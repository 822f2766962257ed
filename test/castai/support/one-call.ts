import type { CastaiClient } from '../../../source/castai/castai.ts';
import { clientOf } from './client.ts';
import { type Answer, serve } from './odd-server.ts';

/** What one call sends, and what it makes of the answer. */
export async function exchange<T>(answer: Answer, call: (client: CastaiClient) => Promise<T>) {
  await using server = await serve(answer);
  const result = await call(clientOf(server.origin).client);
  const [request] = server.seen;
  return { result, sent: [request?.method, request?.url.pathname, request?.body] };
}

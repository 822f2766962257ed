import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Refusal, serverError } from './answer.ts';
import { readBody } from './body.ts';
import { insteadOf, truncated } from './failing.ts';
import { type RequestLog, type RequestRecord, withoutKeys } from './request-log.ts';
import { presentedKey, respond } from './respond.ts';
import type { Route } from './route.ts';
import type { Switchboard } from './switchboard.ts';
import type { World } from './world.ts';

export interface ServerParts {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly switchboard: Switchboard;
  readonly log: RequestLog;
  /** Keeps the state; awaited before an answer leaves, so that what was answered outlives a kill. */
  readonly save: () => Promise<void>;
}

/** One request from arrival to answer: the failures it meets, the route, the save, the answer. */
export async function exchange(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const method = request.method ?? 'GET';
  // The switches themselves never fail, and are no part of the API: they are the way out.
  const isControl = path === '/practice' || path.startsWith('/practice/');
  const failures = isControl ? [] : parts.switchboard.take(method, path);
  const failure = failures.find(one => one.kind !== 'slow');
  const entry: RequestRecord = {
    at: parts.world.instant(),
    requestId: randomUUID(),
    method,
    path: withoutKeys(path),
    query: query === '' ? '' : `?${withoutKeys(query)}`,
    presented: presentedKey(request.headers).by,
    userAgent: request.headers['user-agent'] ?? '',
    organization: String(request.headers['x-castai-organization-id'] ?? ''),
    failures: failures.map(one => one.kind),
    keyId: null,
    status: null,
    fault: '',
  };
  if (!isControl) parts.log.add(entry);

  const play = async (): Promise<Answer> => {
    const text = await readBody(request);
    for (const one of failures) if (one.kind === 'slow') await sleep(one.ms, undefined, { signal: closing });
    const instead = failure && insteadOf(failure, parts.world.behaviour);
    if (instead !== undefined) return instead;
    const { headers } = request;
    const incoming = { method, path, query: new URLSearchParams(query), headers, text, signal: closing };
    return await respond(parts.world, parts.routes, incoming, entry);
  };

  const answer = failure?.kind === 'dropBefore' ? undefined : await answered(play, parts.save, entry);
  if (answer === undefined || failure?.kind === 'dropAfter' || closing.aborted) {
    request.socket.destroy();
    return;
  }
  entry.status = answer.status;
  send(response, failure?.kind === 'truncated' ? truncated(answer) : answer, entry.requestId, parts.world);
}

/** What `play` answers, refusals included; 500 where the practice server itself breaks. */
async function answered(
  play: () => Promise<Answer>,
  save: () => Promise<void>,
  entry: RequestRecord,
): Promise<Answer> {
  try {
    const answer = await play().catch(thrown => {
      if (thrown instanceof Refusal) return thrown.answer;
      throw thrown;
    });
    await save();
    return answer;
  } catch (thrown) {
    entry.fault = thrown instanceof Error ? thrown.message : String(thrown);
    return serverError();
  }
}

function send(response: ServerResponse, answer: Answer, requestId: string, world: World): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(answer.status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(answer.body)) }),
    Date: new Date(world.instant()).toUTCString(),
    'X-Castai-Request-Id': requestId,
    'X-Practice': 'true',
  });
  response.end(answer.body);
}

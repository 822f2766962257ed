import type { IncomingMessage, ServerResponse } from 'node:http';
import { troubleIn, unreachable } from '../castai/castai.ts';
import type { Role } from '../profiles/profiles.ts';
import { judge, type Rules } from './allow-list.ts';
import { passOn } from './answer.ts';
import type { BrokerKeys, Lease } from './broker-keys.ts';
import { type Admitted, admit } from './door.ts';
import { requestHeaders } from './headers.ts';
import { forbidden, type Refusal, refusalBody } from './refusal.ts';
import { type RequestBody, requestBody } from './request-body.ts';
import type { Tally } from './tally.ts';
import type { Tickets } from './tickets.ts';
import type { Asker, Upstream } from './upstream.ts';

export interface BrokerParts {
  readonly origin: string;
  readonly authorization: 'x-api-key' | 'bearer';
  readonly rules: () => Rules;
  readonly keys: BrokerKeys;
  readonly tickets: Tickets;
  readonly upstream: Upstream;
  readonly tally: Tally;
  readonly port: () => number;
}

/** One request from its arrival to its answer. Throws only where an answer breaks off half-way. */
export async function exchange(
  parts: BrokerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const admitted = admit(request, { port: parts.port(), tickets: parts.tickets });
  if ('refusal' in admitted) return refuse(parts, request, response, admitted.refusal);
  const verdict = judge(admitted, parts.rules());
  if (!verdict.allowed) return refuse(parts, request, response, verdict.refusal);
  const read = await requestBody(request, admitted.bodyLength, { mayHoldHidden: verdict.hidesFields });
  if ('refusal' in read) return refuse(parts, request, response, read.refusal);
  const refusal = await forward(parts, response, {
    admitted,
    request,
    body: read.body,
    hidesFields: verdict.hidesFields,
  });
  if (refusal) refuse(parts, request, response, refusal);
}

interface ToForward {
  readonly admitted: Admitted;
  readonly request: IncomingMessage;
  readonly body: RequestBody;
  readonly hidesFields: boolean;
}

async function forward(
  parts: BrokerParts,
  response: ServerResponse,
  { admitted, request, body, hidesFields }: ToForward,
): Promise<Refusal | undefined> {
  const { keys, tally, origin } = parts;
  const asker: Asker = { isGone: false, whenGone: () => {} };
  response.once('close', () => {
    if (response.writableFinished) return;
    asker.isGone = true;
    asker.whenGone();
  });
  let lease = keys.lease(admitted.role);
  if (!lease) return keyGone(admitted.role);
  const send = (held: Lease) =>
    parts.upstream.send({
      method: admitted.method,
      path: admitted.target.path + admitted.target.query,
      headers: requestHeaders(
        request.headers,
        { secret: held.secret, authorization: parts.authorization },
        Buffer.isBuffer(body) ? body.length : admitted.bodyLength,
      ),
      body,
      asker,
    });
  tally.forwarded();
  try {
    let answer = await send(lease);
    if (answer.statusCode === 401 && (body === undefined || Buffer.isBuffer(body))) {
      // A 401 says that nothing was done, and perhaps that another key is current by now.
      await keys.renew();
      const next = keys.lease(admitted.role);
      if (next && next.id !== lease.id) {
        answer.resume();
        lease.end();
        lease = next;
        answer = await send(lease);
      } else next?.end();
    }
    return await passOn(answer, response, {
      origin,
      url: `http://127.0.0.1:${parts.port()}`,
      secrets: keys.secrets(),
      hidesFields,
    });
  } catch (thrown) {
    if (response.headersSent || asker.isGone) throw thrown;
    tally.unanswered();
    return unanswered(origin, admitted, thrown);
  } finally {
    lease.end();
  }
}

function keyGone(role: Role): Refusal {
  return {
    ...forbidden('key-gone', `The profile has no ${role} key any more.`, `castkeys keys add --role ${role}`),
    status: 503,
  };
}

function unanswered(origin: string, { method }: Admitted, thrown: unknown): Refusal {
  const { trouble, code, neverSent } = troubleIn(thrown);
  const isSlow = trouble === 'timeout';
  const what =
    trouble === 'garbled'
      ? `The answer of ${new URL(origin).host} is not HTTP`
      : unreachable(new URL(origin).host, trouble, isSlow ? undefined : code);
  const isReading = method === 'GET' || method === 'HEAD';
  const happened =
    neverSent || isReading ? 'Nothing was changed.' : 'It may have been carried out all the same.';
  return {
    code: trouble === 'garbled' ? 'unintelligible' : 'unreachable',
    status: isSlow ? 504 : 502,
    why: `${what}. ${happened}`,
    next: 'castkeys doctor',
  };
}

function refuse(
  { tally }: BrokerParts,
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
): void {
  const [path = ''] = (request.url ?? '').split('?', 1);
  // Why an answer is missing is the network's business, not a refusal.
  if (refusal.status < 500) {
    tally.refused({ code: refusal.code, method: request.method ?? '', path, why: refusal.why });
  }
  // What is left of the body is not read: the connection ends with the answer.
  response.writeHead(refusal.status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...(request.complete ? {} : { Connection: 'close' }),
  });
  response.end(refusalBody(refusal));
}

/** A proxy on loopback that holds the key, so that the programs behind it need not. */
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { CastkeysError } from '../errors.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Role } from '../profiles/profiles.ts';
import type { Rules } from './allow-list.ts';
import { BrokerKeys, type KeysToHold } from './broker-keys.ts';
import { type BrokerParts, exchange } from './exchange.ts';
import { forbidden, malformed, type Refusal, refusalBody } from './refusal.ts';
import { type RefusedKind, type Summary, Tally } from './tally.ts';
import { Tickets } from './tickets.ts';
import { Upstream, type UpstreamOptions } from './upstream.ts';

export type { Rules } from './allow-list.ts';
export type { RefusedKind, Summary } from './tally.ts';

export interface BrokerOptions extends KeysToHold {
  readonly authorization: 'x-api-key' | 'bearer';
  /** What is allowed right now; asked at each request. */
  readonly rules: () => Rules;
  /** Told of each kind of refusal when it comes first. */
  readonly onRefused?: (kind: RefusedKind) => void;
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly upstream?: Omit<UpstreamOptions, 'origin'>;
}

export interface Broker {
  /** `http://127.0.0.1:PORT`: what the programs behind it are given as the API's address. */
  readonly url: string;
  /** What they are given as a key; undefined for a role whose key is not held. */
  readonly tokenFor: (role: Role) => Secret | undefined;
  readonly summary: () => Summary;
  /** When a request was last on its way, on `performance.now()`; now, while one is. */
  readonly lastUsed: () => number;
  /** Ends every connection. Closing twice is fine. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a broker: reads the keys, and listens.
 * @throws CastkeysError `port-taken`; what reading a key throws.
 */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const keys = await BrokerKeys.open(options);
  const upstream = new Upstream({ origin: options.origin, ...options.upstream });
  const [tickets, tally] = [new Tickets(options.roles), new Tally(options.onRefused)];
  let port = 0;
  const parts: BrokerParts = { ...options, keys, upstream, tickets, tally, port: () => port };
  let used = performance.now();
  let underWay = 0;
  const server = serverOf(parts, {
    begins: () => {
      underWay += 1;
    },
    ends: () => {
      underWay -= 1;
      used = performance.now();
    },
  });
  const close = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve());
    server.closeAllConnections();
    upstream.close();
    keys.close();
    await promise;
  };
  try {
    port = await listen(server, options.port ?? 0);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    tokenFor: role => tickets.tokenFor(role),
    summary: () => tally.summary(),
    lastUsed: () => (underWay > 0 ? performance.now() : used),
    close,
  };
}

function serverOf(parts: BrokerParts, watch: { begins: () => void; ends: () => void }): Server {
  const server = createServer(
    {
      // Programs keep connections for longer than node would, and would send into one that is just being closed.
      keepAliveTimeout: 120_000,
      // An upload takes as long as it takes, and on a busy machine the first line of a request, too: node's own limit would
      // reset connections that wait to be looked at.
      requestTimeout: 0,
      headersTimeout: 0,
      insecureHTTPParser: false,
    },
    (request, response) => {
      watch.begins();
      exchange(parts, request, response)
        // What broke off half-way must be seen to have.
        .catch(() => request.socket.destroy())
        .finally(watch.ends);
    },
  );
  const refuseRaw = (request: IncomingMessage, socket: Duplex) => {
    const refusal = forbidden(
      'method',
      `The broker forwards requests, and opens no tunnel (${request.method}).`,
      'ask for a path of the API',
    );
    parts.tally.refused({ code: refusal.code, method: request.method ?? '', path: '', why: refusal.why });
    answerRaw(socket, refusal);
  };
  server.on('connect', refuseRaw);
  server.on('upgrade', refuseRaw);
  server.on('clientError', (_, socket) => {
    const refusal = malformed('The request is not HTTP as it should be');
    parts.tally.refused({ code: refusal.code, method: '', path: '', why: refusal.why });
    answerRaw(socket, refusal);
  });
  return server;
}

function answerRaw(socket: Duplex, refusal: Refusal): void {
  socket.on('error', () => {});
  if (!socket.writable) return void socket.destroy();
  const body = refusalBody(refusal);
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Connections that may wait to be taken: a program that opens hundreds at once is no reason to turn one away. */
const mostWaiting = 4096;

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host: '127.0.0.1', port, exclusive: true, backlog: mostWaiting }, resolve);
  try {
    await promise;
  } catch (thrown) {
    const isTaken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
    throw new CastkeysError(
      isTaken ? 'port-taken' : 'failed',
      `The broker can't listen on port ${port} of 127.0.0.1${isTaken ? ': another program does' : ` (${thrown instanceof Error ? thrown.message : thrown})`}. Nothing was run.`,
      'name another --port, or none for any free one',
      { cause: thrown },
    );
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface UpstreamOptions {
  /** Where the keys are bound to, and the only place anything is sent. */
  readonly origin: string;
  /** Certificates to trust besides the system's, in PEM. */
  readonly ca?: string;
  /** Until a connection stands. Default 10,000 ms. */
  readonly connectMs?: number;
  /** From the request's last byte to the answer's first. Default 120,000 ms: Cast AI's own clients give up after 60. */
  readonly answerMs?: number;
  /** Where node looks for a proxy, if it is told to (`NODE_USE_ENV_PROXY=1`). */
  readonly env?: NodeJS.ProcessEnv;
}

export interface UpstreamRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  /** What is sent: nothing, all of it, or as it comes. */
  readonly body: Buffer | Readable | undefined;
  /** Tells when whoever asked is gone. */
  readonly asker: Asker;
}

/** Whoever waits for an answer. An AbortSignal would do, and costs a fifth of the whole way. */
export interface Asker {
  isGone: boolean;
  /** Called when they go. */
  whenGone: () => void;
}

/** The request was not answered in time. */
export class TooSlow extends Error {
  readonly code = 'ETIMEDOUT';
  readonly syscall: 'connect' | 'read';

  constructor(syscall: 'connect' | 'read') {
    super('timed out');
    this.syscall = syscall;
  }
}

/**
 * How long an unused connection is kept, in ms: less than any server in front of an API does, so that it is not closed just
 * when the next request goes out.
 */
const keepUnused = 4000;

/** Requests to one origin, over TLS that is verified whatever the environment says, on connections that are used again. */
export class Upstream {
  readonly #address: { readonly protocol: string; readonly hostname: string; readonly port: string };
  readonly #options: UpstreamOptions;
  readonly #agent: HttpAgent | HttpsAgent;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    const { protocol, hostname, port } = new URL(options.origin);
    this.#address = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port };
    const usual = {
      keepAlive: true,
      timeout: keepUnused,
      scheduling: 'lifo' as const,
      ...(options.env?.['NODE_USE_ENV_PROXY'] === '1' ? { proxyEnv: options.env } : {}),
    };
    this.#agent =
      protocol === 'https:'
        ? new HttpsAgent({ ...usual, rejectUnauthorized: true, ...(options.ca ? { ca: options.ca } : {}) })
        : new HttpAgent(usual);
  }

  /** Sends a request. Resolves with the answer's beginning; throws what the network does, {@link TooSlow} included. */
  async send(request: UpstreamRequest): Promise<IncomingMessage> {
    try {
      return await this.#sendOnce(request);
    } catch (thrown) {
      // A connection that was kept may have been closed at the other end in this very moment. Reading twice does no harm.
      const isReading = request.method === 'GET' || request.method === 'HEAD';
      if (!isReading || request.asker.isGone || !isStale(thrown)) throw thrown;
      return this.#sendOnce(request);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #sendOnce({ method, path, headers, body, asker }: UpstreamRequest): Promise<IncomingMessage> {
    const { connectMs = 10_000, answerMs = 120_000 } = this.#options;
    const send = this.#address.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send({
        agent: this.#agent,
        ...this.#address,
        method,
        path,
        headers,
      });
      asker.whenGone = () => request.destroy();
      if (asker.isGone) asker.whenGone();
      let connecting: NodeJS.Timeout | undefined;
      const connected = () => clearTimeout(connecting);
      let answering: NodeJS.Timeout | undefined;
      request.once('socket', socket => {
        // A request may take as long as it takes; only unused connections are closed after a while.
        socket.setTimeout(0);
        if (!socket.connecting) return;
        connecting = setTimeout(() => request.destroy(new TooSlow('connect')), connectMs);
        socket.once(this.#address.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
      });
      request.once('finish', () => {
        answering = setTimeout(() => request.destroy(new TooSlow('read')), answerMs);
      });
      request.once('close', () => {
        connected();
        clearTimeout(answering);
      });
      request.once('response', response => {
        clearTimeout(answering);
        resolve(response);
      });
      request.on('error', thrown => {
        if (isObject(thrown) && request.reusedSocket) Object.assign(thrown, { wasReused: true });
        reject(thrown);
      });
      if (body === undefined || Buffer.isBuffer(body)) request.end(body);
      else pipeline(body, request).catch(reject);
    });
  }
}

const isObject = (thrown: unknown): thrown is object => typeof thrown === 'object' && thrown !== null;

function isStale(thrown: unknown): boolean {
  if (!isObject(thrown) || !('wasReused' in thrown) || !('code' in thrown)) return false;
  return thrown.code === 'ECONNRESET' || thrown.code === 'EPIPE';
}

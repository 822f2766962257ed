import { createServer, type Server } from 'node:http';
import { CastkeysError } from '../errors.ts';
import { exchange, type ServerParts } from './exchange.ts';

/** Listens on loopback and hands each request to {@link exchange}. */
export class LoopbackServer {
  readonly #server: Server;
  readonly #closing = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();

  constructor(parts: ServerParts) {
    this.#server = createServer((request, response) => {
      const handled = exchange(parts, request, response, this.closing)
        .catch(() => {
          request.socket.destroy();
        })
        .finally(() => this.#inFlight.delete(handled));
      this.#inFlight.add(handled);
    });
  }

  /** Aborts when the server closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Listens on 127.0.0.1 and returns the URL; port 0 takes any free one. Throws where the port can't be had. */
  async listen(port: number): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject);
    try {
      this.#server.listen({ host: '127.0.0.1', port }, resolve);
      await promise;
    } catch (thrown) {
      throw portError(port, thrown);
    }
    const address = this.#server.address();
    const actual = typeof address === 'object' ? address?.port : undefined;
    return `http://127.0.0.1:${actual ?? port}`;
  }

  /** Ends every connection and waits for what is being saved. Closing twice is fine. */
  async close(): Promise<void> {
    this.#closing.abort();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await Promise.all([promise, ...this.#inFlight]);
  }
}

function portError(port: number, thrown: unknown): CastkeysError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  const options = { cause: thrown };
  const next = 'castkeys practice --port N with another N, or without --port for any free one';
  switch (code) {
    case 'EADDRINUSE':
      return new CastkeysError(
        'port-taken',
        `Port ${port} on 127.0.0.1 is in use, so the practice server was not started. Nothing was changed.`,
        next,
        options,
      );
    case 'ERR_SOCKET_BAD_PORT':
      return new CastkeysError('usage', `${port} is no port number: 0 to 65535 are.`, next, options);
    default:
      return new CastkeysError(
        'failed',
        `The practice server can't listen on port ${port} of 127.0.0.1 (${code ?? thrown}). Nothing was changed.`,
        next,
        options,
      );
  }
}

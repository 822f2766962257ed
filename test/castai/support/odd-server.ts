/** A server on loopback that answers as it is told, however badly, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listeningOrigin } from './listening.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface OddServer extends AsyncDisposable {
  readonly origin: string;
  readonly seen: readonly Seen[];
}

/** Gives the answers one after the other; the last one stays. */
export async function serve(...answers: readonly Answer[]): Promise<OddServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    const text = await textOf(request);
    seen.push({
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://odd'),
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    });
    answer?.(request, response);
  });
  const origin = await listeningOrigin(server);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return { origin, seen, [Symbol.asyncDispose]: close };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return raw(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function raw(status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer {
  return (_request, response) => response.writeHead(status, headers).end(body);
}

export function page(status: number): Answer {
  return raw(status, '<html><title>401 Authorization Required</title></html>', {
    'content-type': 'text/html',
  });
}

/** Takes the request and says nothing. */
export const silence: Answer = () => {};

/** Hangs up without an answer. */
export const hangUp: Answer = request => request.socket.destroy();

/** Starts an answer and hangs up in the middle. */
export function hangUpAfter(status: number, start: string): Answer {
  return (request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': start.length + 100 });
    response.write(start, () => request.socket.destroy());
  };
}

/** What section 7 calls the envelope. */
export function refused(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return json(status, { message, fieldViolations: [] }, headers);
}

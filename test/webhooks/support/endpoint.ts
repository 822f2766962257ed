import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import {
  type VerifyWebhookOptions,
  verifyWebhook,
} from '../../../source/webhooks/verification/verify-webhook.ts';

/** A server on loopback that webhooks are sent to. */
export interface Endpoint extends Disposable {
  readonly url: string;
  readonly server: Server;
}

export async function serving(listener: RequestListener): Promise<Endpoint> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`,
    server,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export interface Receiver extends Endpoint {
  /** What was taken: the bodies, oldest first. */
  readonly taken: string[];
  /** Why the others were not. */
  readonly refused: string[];
}

/** An endpoint as it should be: what doesn't verify is answered 401 and nothing else. */
export async function verifying(options: () => VerifyWebhookOptions): Promise<Receiver> {
  const [taken, refused]: string[][] = [[], []];
  const endpoint = await serving(async (request: IncomingMessage, response) => {
    const verdict = await verifyWebhook(request, options());
    if (verdict.verified) taken?.push(verdict.body.toString());
    else refused?.push(verdict.reason);
    response.writeHead(verdict.verified ? 204 : 401).end();
  });
  return { ...endpoint, taken: taken ?? [], refused: refused ?? [] };
}

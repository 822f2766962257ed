import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Delivery {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook's receiver on loopback: keeps what it is sent, and answers what it is told to. */
export interface Receiver {
  readonly url: string;
  received: Delivery[];
  status: number;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    receiver.received.push({ method: request.method, headers: request.headers, body });
    response.writeHead(receiver.status, { Location: 'http://example.test/' }).end('thanks');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const receiver: Receiver = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`,
    received: [],
    status: 200,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}

const template =
  '{"id":"{{ .NotificationID }}","ts":"{{ toISO8601 .Timestamp }}","severity":"{{.Severity}}","details":{{ toJSON .Details }}}';

/** What a webhook configuration is created from. */
export function configFor(callbackUrl: string, more: object = {}): object {
  return {
    name: 'ops',
    callbackUrl,
    severityTriggers: ['CRITICAL', 'ERROR'],
    includeClusterless: true,
    requestTemplate: template,
    authKeys: { 'Content-Type': 'application/json', 'X-Webhook-Token': 'sesame' },
    ...more,
  };
}

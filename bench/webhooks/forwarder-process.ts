/** A relay, or a bare forwarder that only passes on, before the target named; prints its URL when it is ready. */
import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';
import { Secret } from '../../source/keychain/secret.ts';
import { replayMemory, startRelay } from '../../source/webhooks/webhooks.ts';

const [side, target = ''] = process.argv.slice(2);
const secret = new Secret(process.env['BENCH_SECRET'] ?? '');

if (side === 'ours') {
  const { url } = await startRelay({
    to: new URL(target),
    secrets: async () => [secret],
    header: 'X-Webhook-Token',
    read: body => Object(body),
    toleranceSeconds: 300,
    replay: replayMemory(),
    maxBytes: 1024 * 1024,
    timeoutMs: 10_000,
    host: '127.0.0.1',
    port: 0,
    onRequest: () => {},
  });
  console.log(url);
} else {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const server = createServer((request, response) => {
    const forwarded = send(target, { method: 'POST', agent, headers: request.headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
}

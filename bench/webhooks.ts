import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { makeWebhookSecret } from '../source/webhooks/webhooks.ts';
import { bareEnvironment } from './home.ts';
import { type Comparison, summarize } from './pairs.ts';
import { send } from './webhooks/load.ts';

const env = bareEnvironment();

/** `verifyWebhookSignature` against `createHmac` and `timingSafeEqual` on the same payload, each in a process of its own. */
export function compareVerification(bytes: number, count: number, pairs = 9): Comparison {
  const time = (side: string): number => {
    const args = ['bench/webhooks/verify-process.ts', side, String(bytes), String(count)];
    return Number(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
  };
  const rounds = Array.from({ length: pairs }, () => ({ ours: time('ours'), theirs: time('bare') }));
  return summarize(`verify, ${bytes / 1000} kB, ${count} times`, 'bare createHmac, timingSafeEqual', rounds);
}

/** The time the relay and a bare `node:http` forwarder take for the same webhooks, before the same target. */
export async function compareRelays(pairs = 7): Promise<Comparison> {
  const token = makeWebhookSecret().reveal();
  const target = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.writeHead(204).end());
  }).listen(0, '127.0.0.1');
  await once(target, 'listening');
  const address = target.address();
  const to = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
  const [relay, forwarder] = [
    await startForwarder('ours', to, token),
    await startForwarder('bare', to, token),
  ];
  const load = { token, requests: 4000, connections: 32, bodyBytes: 1000 };
  try {
    for (const { url } of [relay, forwarder]) await send({ ...load, url });
    const rounds: { ours: number; theirs: number }[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      rounds.push({
        ours: await send({ ...load, url: relay.url }),
        theirs: await send({ ...load, url: forwarder.url }),
      });
    }
    return summarize('relay, 4000 webhooks of 1 kB', 'bare node:http forwarder', rounds);
  } finally {
    relay.end();
    forwarder.end();
    target.closeAllConnections();
    target.close();
  }
}

async function startForwarder(side: string, to: string, token: string) {
  const child = spawn(process.execPath, ['bench/webhooks/forwarder-process.ts', side, to], {
    env: { ...env, BENCH_SECRET: token },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(createInterface(child.stdout), 'line');
  return { url: String(url), end: () => child.kill() };
}

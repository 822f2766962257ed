import { once } from 'node:events';
import { Agent, request as httpRequest, type RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { RelayRecord } from '../../../source/webhooks/relay/relay.ts';
import {
  makeWebhookSecret,
  replayMemory,
  startRelay,
  verifyWebhook,
} from '../../../source/webhooks/webhooks.ts';
import { listeningOrigin } from '../../castai/support/listening.ts';
import { serving } from '../support/endpoint.ts';

const secret = makeWebhookSecret();
const old = makeWebhookSecret();
type Relay = Awaited<ReturnType<typeof startRelay>>;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

let counter = 0;
const notification = (over: object = {}) => {
  counter += 1;
  return JSON.stringify({ id: `n-${counter}`, timestamp: new Date(), text: 'für Ångström', ...over });
};

interface Answered {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

interface Setting {
  readonly relay: Relay;
  readonly records: RelayRecord[];
  readonly send: (body?: string, token?: string, method?: string) => Promise<Answered>;
}

async function relaying(
  target: RequestListener | URL,
  over: Partial<Parameters<typeof startRelay>[0]> = {},
): Promise<Setting> {
  const records: RelayRecord[] = [];
  const endpoint = target instanceof URL ? undefined : await serving(target);
  const relay = await startRelay({
    to: target instanceof URL ? target : new URL(endpoint?.url ?? ''),
    secrets: async () => [secret, old],
    header: 'X-Webhook-Token',
    read: body => Object(body),
    toleranceSeconds: 300,
    replay: replayMemory(),
    maxBytes: 100_000,
    timeoutMs: 5000,
    host: '127.0.0.1',
    port: 0,
    onRequest: record => records.push(record),
    ...over,
  });
  closing.push(
    () => endpoint?.[Symbol.dispose](),
    () => relay.close(),
  );
  const send = async (body = notification(), token = secret.reveal(), method = 'POST') => {
    const headers = { 'x-webhook-token': token, 'content-type': 'application/json', cookie: 'a=b' };
    const response = await fetch(`${relay.url}/castai`, {
      method,
      headers,
      ...(method === 'POST' ? { body } : {}),
    });
    return { status: response.status, body: await response.text(), headers: response.headers };
  };
  return { relay, records, send };
}

describe('the relay', () => {
  it('forwards what is genuine, byte for byte, with a signature that verifies behind it', async () => {
    const seen: unknown[] = [];
    const { send, records } = await relaying(async (request, response) => {
      const verdict = await verifyWebhook(request, { secret: secret.reveal(), replay: replayMemory() });
      seen.push({ ...verdict, headers: request.headers, url: request.url });
      response.writeHead(verdict.verified ? 202 : 401, { 'x-own': 'yes' }).end('thanks');
    });
    const body = notification();
    expect(await send(body)).toMatchObject({ status: 202, body: 'thanks' });
    expect(seen).toEqual([
      expect.objectContaining({
        verified: true,
        body: Buffer.from(body),
        id: JSON.parse(body).id,
        url: '/hook',
      }),
    ]);
    expect(JSON.stringify(seen)).not.toContain(secret.reveal());
    expect(seen[0]).not.toHaveProperty('headers.cookie');
    expect(records).toMatchObject([{ outcome: 'forwarded', status: 202, id: JSON.parse(body).id }]);
    expect(JSON.stringify(records)).not.toContain(secret.reveal());
  });

  it('gives the target’s answer: its status, its headers, its body', async () => {
    const { send } = await relaying((_request, response) => {
      response.writeHead(409, { 'content-type': 'text/x', 'retry-after': '7' }).end('no, thanks');
    });
    const answer = await send();
    expect(answer).toMatchObject({ status: 409, body: 'no, thanks' });
    expect([answer.headers.get('content-type'), answer.headers.get('retry-after')]).toEqual(['text/x', '7']);
  });

  it('answers everything else 401 and nothing, and the target never sees it', async () => {
    let asked = 0;
    const { send, records } = await relaying((_request, response) => {
      asked += 1;
      response.end();
    });
    const body = notification();
    await send(body);
    const refused = [
      await send(body),
      await send(notification(), 'wrong'),
      await send(notification(), secret.reveal().slice(1)),
      await send(notification({ timestamp: new Date(Date.now() - 301_000) })),
      await send(notification({ timestamp: new Date(Date.now() + 301_000) })),
      await send(notification({ timestamp: 'yesterday' })),
      await send(notification({ id: undefined })),
      await send('{'),
      await send(notification({ text: 'x'.repeat(200_000) })),
    ];
    for (const { status, body: told, headers } of refused) {
      expect([status, told, headers.get('www-authenticate')]).toEqual([401, '', null]);
    }
    expect(asked).toBe(1);
    expect(records.slice(1).map(({ outcome }) => outcome)).toEqual([
      'replayed',
      'wrong-token',
      'wrong-token',
      'stale',
      'from-the-future',
      'no-timestamp',
      'no-id',
      'no-timestamp',
      'too-large',
    ]);
    expect(await send('', '', 'GET')).toMatchObject({ status: 405 });
  });

  it('takes the secret that is being replaced, says so, and signs so that whoever knows either verifies it', async () => {
    const behind: boolean[] = [];
    const { send, records } = await relaying(async (request, response) => {
      const body = await text(request);
      for (const known of [secret, old, makeWebhookSecret()]) {
        const { headers } = request;
        behind.push((await verifyWebhook({ headers, body }, { secret: known.reveal() })).verified);
      }
      response.writeHead(204).end();
    });
    expect(await send(notification(), old.reveal())).toMatchObject({ status: 204 });
    expect(records).toMatchObject([{ isPreviousSecret: true }]);
    expect(behind).toEqual([true, true, false]);
  });

  it('signs with another secret where it is told to, and with that alone', async () => {
    const own = makeWebhookSecret();
    const behind: boolean[] = [];
    const { send } = await relaying(
      async (request, response) => {
        const body = await text(request);
        for (const known of [own, secret]) {
          const { headers } = request;
          behind.push((await verifyWebhook({ headers, body }, { secret: known.reveal() })).verified);
        }
        response.writeHead(204).end();
      },
      { signWith: own },
    );
    await send();
    expect(behind).toEqual([true, false]);
  });

  it('says that it is there', async () => {
    const { relay } = await relaying((_request, response) => void response.end());
    const health = await fetch(`${relay.url}/healthz`);
    expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
  });

  it.each<[string, number, string, RequestListener]>([
    ['is slow', 504, 'target-slow', () => {}],
    ['resets', 502, 'target-reset', request => void request.socket.resetAndDestroy()],
    ['hangs up', 502, 'target-reset', request => void request.socket.destroy()],
    ['fails', 500, 'forwarded', (_request, response) => void response.writeHead(500).end()],
  ])('takes the same webhook again where the target %s', async (_what, status, outcome, misbehave) => {
    let isWell = false;
    const { send, records } = await relaying(
      (request, response) => (isWell ? void response.writeHead(204).end() : misbehave(request, response)),
      { timeoutMs: 200 },
    );
    const body = notification();
    expect(await send(body)).toMatchObject({ status, body: '' });
    expect(records).toMatchObject([{ outcome, status }]);
    isWell = true;
    expect(await send(body)).toMatchObject({ status: 204 });
    expect(await send(body)).toMatchObject({ status: 401 });
  });

  it('answers 502 where nothing listens', async () => {
    const server = createServer();
    const origin = await listeningOrigin(server);
    await new Promise(resolve => server.close(resolve));
    const { send, records } = await relaying(new URL(origin));
    expect(await send()).toMatchObject({ status: 502, body: '' });
    expect(records).toMatchObject([{ outcome: 'target-down' }]);
  });

  it.each<[string, RequestListener]>([
    [
      'breaks off in the middle',
      (_request, response) =>
        void response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy()),
    ],
    ['never ends', (_request, response) => void response.writeHead(200).write('and so on')],
    ['is too large', (_request, response) => void response.writeHead(200).end('x'.repeat(200_000))],
  ])('breaks off an answer that %s, so that half of it is not taken for all', async (_what, listener) => {
    const { send, records } = await relaying(listener, { timeoutMs: 300 });
    await expect(send()).rejects.toThrow();
    await expect.poll(() => records).toMatchObject([{ outcome: 'answer-cut-off', status: 200 }]);
  });

  it('keeps the connection to the target, and makes another where the target closed it', async () => {
    const sockets = new Set<unknown>();
    let isImpatient = false;
    const { send } = await relaying((request, response) => {
      sockets.add(request.socket);
      response.writeHead(204).end(() => {
        if (isImpatient) request.socket.destroy();
      });
    });
    for (let round = 0; round < 5; round += 1) expect(await send()).toMatchObject({ status: 204 });
    expect(sockets.size).toBe(1);
    isImpatient = true;
    for (let round = 0; round < 20; round += 1) expect(await send()).toMatchObject({ status: 204 });
  });

  it('forwards each of a thousand webhooks once, though each comes three times at once', async () => {
    const taken = new Map<string, number>();
    const { send } = await relaying(async (request, response) => {
      const { id } = JSON.parse(await text(request));
      taken.set(id, (taken.get(id) ?? 0) + 1);
      response.writeHead(204).end();
    });
    const bodies = Array.from({ length: 1000 }, () => notification());
    const statuses: number[] = [];
    const queue = bodies.flatMap(body => [body, body, body]);
    const worker = async () => {
      for (let body = queue.shift(); body !== undefined; body = queue.shift())
        statuses.push((await send(body)).status);
    };
    await Promise.all(Array.from({ length: 30 }, worker));
    expect(taken.size).toBe(1000);
    expect(new Set(taken.values())).toEqual(new Set([1]));
    expect(statuses.filter(status => status === 204)).toHaveLength(1000);
  });

  it('lets what is under way end before it closes, and takes no more', async () => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { promise: goOn, resolve: go } = Promise.withResolvers<void>();
    const { relay, send } = await relaying(async (_request, response) => {
      arrive();
      await goOn;
      response.writeHead(204).end();
    });
    const underWay = send();
    await arrived;
    const closed = relay.close();
    await expect(send()).rejects.toThrow();
    go();
    expect(await underWay).toMatchObject({ status: 204 });
    await closed;
    closing.pop();
  });

  it('outlives whoever hangs up in the middle of sending', async () => {
    const { relay, send, records } = await relaying(
      (_request, response) => void response.writeHead(204).end(),
    );
    const agent = new Agent();
    const broken = httpRequest(relay.url, {
      agent,
      method: 'POST',
      headers: { 'content-length': '1000', 'x-webhook-token': secret.reveal() },
    });
    broken.on('error', () => {});
    broken.write('{"id":');
    const [socket] = await once(broken, 'socket');
    if (socket.connecting) await once(socket, 'connect');
    broken.destroy();
    expect(await send()).toMatchObject({ status: 204 });
    await expect.poll(() => records.map(({ outcome }) => outcome).toSorted()).toContain('body-unavailable');
  });

  it('says where its port is taken', async () => {
    const { relay } = await relaying((_request, response) => void response.end());
    const port = Number(new URL(relay.url).port);
    const second = relaying(new URL('http://127.0.0.1:9/'), { port });
    await expect(second).rejects.toMatchObject({ code: 'port-taken', exitCode: 1 });
  });
});

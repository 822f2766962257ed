import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProbeWorld, probeWebhook } from '../../source/flows/probe-webhook.ts';
import type { Install } from '../../source/install/install.ts';
import { findProfile } from '../../source/profiles/profiles.ts';
import {
  makeWebhookSecret,
  type ProbeScheme,
  replayMemory,
  type VerifyWebhookOptions,
  verifyWebhook,
} from '../../source/webhooks/webhooks.ts';
import { type Line, playing } from '../flow/support/front-end.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { serving } from '../webhooks/support/endpoint.ts';

const secret = makeWebhookSecret();
const token: ProbeScheme = { kind: 'token', header: 'X-Webhook-Token' };
const hmac: ProbeScheme = { kind: 'hmac', header: 'X-Signature', encoding: 'prefixed' };
const standard: ProbeScheme = { kind: 'standard' };

/** Taken is 204; what isn't is 401 and nothing. */
const answering =
  (takes: (request: IncomingMessage) => Promise<boolean>): RequestListener =>
  async (request, response) => {
    const isTaken = await takes(request);
    response.writeHead(isTaken ? 204 : 401, isTaken ? {} : { connection: 'close' }).end();
  };
const verifying = (options: Partial<VerifyWebhookOptions>) =>
  answering(
    async request => (await verifyWebhook(request, { secret: secret.reveal(), ...options })).verified,
  );

const macOf = (body: string | Buffer) =>
  `sha256=${createHmac('sha256', secret.reveal()).update(body).digest('hex')}`;

describe('a probe', () => {
  let directory: TemporaryDirectory;
  let install: Install;
  let endpoint: Disposable | undefined;
  beforeEach(async () => {
    directory = temporaryDirectory();
    install = installIn(directory.path);
    await install.update(config => ({ ...config, profiles: { dev: aProfile() } }));
  });
  afterEach(() => {
    endpoint?.[Symbol.dispose]();
    directory[Symbol.dispose]();
  });

  const play = (
    url: string,
    scheme: ProbeScheme,
    over: Partial<ProbeWorld> = {},
    lines: readonly Line[] = [],
  ) =>
    playing(
      () =>
        probeWebhook({
          install: { ...install, clock: () => new Date() },
          profileName: 'dev',
          profile: findProfile(install.config(), 'dev'),
          url: new URL(url),
          scheme,
          timeoutMs: 5000,
          hugeBytes: 4 * 1024 * 1024,
          secret: async () => secret,
          isRemembered: true,
          ...over,
        }),
      lines,
    );
  const probe = async (listener: RequestListener, scheme: ProbeScheme, over: Partial<ProbeWorld> = {}) => {
    const served = await serving(listener);
    endpoint = served;
    const { outcome, events } = await play(served.url, scheme, over);
    if (outcome.type !== 'finished') throw outcome.type === 'failed' ? outcome.error : new Error('cancelled');
    const { trials, tellsReasons, isClean } = outcome.value;
    const wrong = trials.filter(({ isRight }) => !isRight).map(({ id, got }) => `${id} ${got}`);
    return { wrong, trials, tellsReasons, isClean, events };
  };
  const notSent = ({ trials }: Awaited<ReturnType<typeof probe>>) =>
    trials.filter(({ got }) => got === 'not-sent').map(({ id }) => id);

  it('finds nothing wrong with an endpoint that verifies, whatever the scheme', async () => {
    const byToken = await probe(verifying({ scheme: token, replay: replayMemory() }), token);
    expect([byToken.wrong, byToken.tellsReasons, notSent(byToken)]).toEqual([[], false, ['altered']]);
    expect(install.config()?.profiles['dev']?.webhook?.probe).toMatchObject({ wrong: [], sent: 10 });
    const signed = await probe(verifying({ replay: replayMemory() }), standard);
    expect([signed.wrong, notSent(signed)]).toEqual([[], []]);
    for (const encoding of ['hex', 'base64'] as const) {
      expect((await probe(verifying({ scheme: hmac }), { ...hmac, encoding })).wrong).toEqual([]);
    }
    const body = await probe(verifying({ scheme: hmac }), hmac);
    expect([body.wrong, notSent(body)]).toEqual([[], ['stale', 'future', 'replayed']]);
  });

  it('shows up the snippet that throws: a signature of another length is a 500', async () => {
    const app = fastify();
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, raw, done) =>
      done(null, raw),
    );
    // What circulates: timingSafeEqual throws where the lengths differ.
    app.post('/hook', async (request, reply) => {
      const expected = macOf(Buffer.from(Object(request.body)));
      const isGenuine = timingSafeEqual(
        Buffer.from(expected),
        Buffer.from(String(request.headers['x-signature'])),
      );
      return reply.code(isGenuine ? 204 : 401).send();
    });
    await app.ready();
    const { wrong, isClean } = await probe((request, response) => app.routing(request, response), hmac);
    expect(isClean).toBe(false);
    expect(wrong).toEqual(['no-signature broke', 'truncated broke']);
    expect(install.config()?.profiles['dev']?.webhook?.probe?.wrong).toEqual(['no-signature', 'truncated']);
  });

  it.each<[string, readonly string[], ProbeScheme, () => RequestListener]>([
    [
      'takes everything',
      ['no-signature', 'wrong', 'truncated', 'other-secret', 'stale', 'future', 'replayed', 'huge'],
      token,
      () => answering(async request => (await buffer(request)).length > 0),
    ],
    [
      'compares what is there',
      ['no-signature', 'truncated'],
      token,
      () =>
        answering(async request => {
          const given = String(request.headers['x-webhook-token'] ?? '');
          const { verified } = await verifyWebhook(request, {
            secret: secret.reveal(),
            scheme: token,
            replay,
          });
          return verified || (secret.reveal().startsWith(given) && given.length < secret.reveal().length);
        }),
    ],
    ['has no replay memory', ['replayed'], standard, () => verifying({})],
    [
      'knows no time',
      ['stale', 'future'],
      standard,
      () => verifying({ replay: replayMemory(), toleranceSeconds: Number.POSITIVE_INFINITY }),
    ],
    [
      'knows no limit',
      ['huge'],
      standard,
      () => verifying({ replay: replayMemory(), maxBytes: Number.POSITIVE_INFINITY }),
    ],
    [
      'verifies what it parsed',
      ['altered'],
      hmac,
      () =>
        answering(async request => {
          const body = await buffer(request);
          return (
            body.length < 1e6 &&
            request.headers['x-signature'] === macOf(JSON.stringify(JSON.parse(body.toString())))
          );
        }),
    ],
  ])('says so where the endpoint %s', async (_what, ids, scheme, listener) => {
    replay = replayMemory();
    const { wrong } = await probe(listener(), scheme);
    expect(wrong).toEqual(ids.map(id => `${id} taken`));
  });
  let replay = replayMemory();

  it('says the other way round, too: genuine ones that are not taken', async () => {
    const { wrong } = await probe(
      answering(async request => (await buffer(request)).length < 0),
      token,
    );
    expect(wrong).toEqual(['genuine refused', 'genuine-again refused']);
  });

  it('notices an endpoint that a forged one ended', async () => {
    const { wrong } = await probe((request, response) => {
      if (request.headers['x-webhook-token'] !== undefined)
        return verifying({ scheme: token, replay })(request, response);
      endpoint?.[Symbol.dispose]();
    }, token);
    expect(wrong).toContain('no-signature broke');
    expect(wrong).toContain('genuine-again broke');
  });

  it('says where refusals tell their reasons', async () => {
    const { tellsReasons, wrong } = await probe(async (request, response) => {
      const verdict = await verifyWebhook(request, { secret: secret.reveal(), replay });
      response.writeHead(verdict.verified ? 204 : 401).end(verdict.verified ? '' : verdict.reason);
    }, standard);
    expect([wrong, tellsReasons]).toEqual([[], true]);
  });

  it('never shows the secret', async () => {
    const { events, trials } = await probe(verifying({ scheme: token }), token);
    expect(JSON.stringify([events, trials, install.config()])).not.toContain(secret.reveal());
  });

  it('concludes nothing from an endpoint that is not there', async () => {
    const { outcome } = await play('http://127.0.0.1:9/', token);
    expect(outcome).toMatchObject({ error: { code: 'endpoint-unreachable', exitCode: 1 } });
    expect(install.config()?.profiles['dev']?.webhook).toBeUndefined();
  });

  it('asks before it sends anything to another host, and sends nothing on a no', async () => {
    const { outcome, told } = await play('https://hooks.example.com/', token, {}, [false]);
    expect(told.slice(-2)).toEqual(['answered probe.host', 'failed']);
    expect(outcome).toMatchObject({ error: { code: 'cancelled', message: 'Nothing was sent.' } });
  });
});

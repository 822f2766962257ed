import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CastaiClient, castaiClient } from '../../source/castai/castai.ts';
import { storeCredential } from '../../source/credentials/credentials.ts';
import { type WebhookWorld, webhookSecret } from '../../source/flows/webhook-secret/webhook-secret.ts';
import type { Install } from '../../source/install/install.ts';
import { memoryKeychain } from '../../source/keychain/memory-keychain.ts';
import { Secret } from '../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { findProfile } from '../../source/profiles/profiles.ts';
import { makeWebhookSecret, readWebhookSecrets, webhookOf } from '../../source/webhooks/webhooks.ts';
import { cancel, type Line, playing } from '../flow/support/front-end.ts';
import { aProfile } from '../profiles/support/configs.ts';
import { holds } from '../support/canary.ts';
import { installIn } from '../support/install.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { type Receiver, verifying } from '../webhooks/support/endpoint.ts';

describe('a webhook secret', () => {
  let practice: PracticeServer;
  let admin: CastaiClient;
  beforeAll(async () => {
    practice = await startPractice();
    const { url: origin, organizationId } = practice;
    admin = castaiClient({ origin, organizationId, secret: practice.keys.admin });
  });
  afterAll(() => practice.close());

  let directory: TemporaryDirectory;
  let entries: Map<string, Secret>;
  let install: Install;
  let accepted: readonly string[];
  let receiver: Receiver;
  beforeEach(async () => {
    directory = temporaryDirectory();
    entries = new Map();
    install = installIn(directory.path, memoryKeychain({ entries }));
    accepted = [];
    receiver = await verifying(() => ({ secret: accepted, scheme: { kind: 'token' } }));
    const { url: origin, organizationId: id } = practice;
    const profile = aProfile({ origin, organization: { id } });
    await install.update(config => ({ ...config, profiles: { dev: profile } }));
    const place = { kind: 'slot', profile: 'dev', role: 'writer' } as const;
    await storeCredential(install, { place, secret: practice.keys.member, origin });
    practice.control.behave({ maskAuthKeys: false });
    return async () => {
      for (const { id: webhookId } of await admin.webhooks.list()) await admin.webhooks.delete(webhookId);
      receiver[Symbol.dispose]();
      directory[Symbol.dispose]();
    };
  });

  const play = (lines: readonly Line[], over: Partial<WebhookWorld> = {}) =>
    playing(
      () =>
        webhookSecret({
          install,
          profileName: 'dev',
          profile: findProfile(install.config(), 'dev'),
          task: 'keep',
          overlapMs: 60_000,
          reach: async () => {},
          ...over,
        }),
      lines,
    );
  const secrets = async () => {
    const keychain = await install.keychain();
    const found = await readWebhookSecrets(keychain, install.config(), 'dev', install.clock());
    return [found.current, found.previous].flatMap(secret => secret?.reveal() ?? []);
  };
  const sent = async () => {
    const [only] = await admin.webhooks.list();
    return only?.authKeys['X-Webhook-Token']?.reveal();
  };
  /** The receivers are started again with whatever counts now. */
  const restart = (reply: string) => () => {
    accepted = [...entries].flatMap(([account, secret]) =>
      account.includes('/webhook/') ? secret.reveal() : [],
    );
    return { type: 'answer', raw: reply } as const;
  };
  /** Set up: made, told to the receiver, sent by Cast AI. */
  const setUp = () => play(['make', receiver.url, marked('CRITICAL'), restart('again')]);

  it('is made, kept, tried on the endpoint, and only then sent by Cast AI', async () => {
    const { outcome, told } = await setUp();
    expect(outcome).toMatchObject({ type: 'finished', value: { configuration: { name: 'castkeys dev' } } });
    expect(told.indexOf('step-done webhook.try')).toBeLessThan(told.indexOf('step-started webhook.set'));
    expect(receiver.refused).toEqual(['no-secret']);
    const [{ id, timestamp } = {} as never] = receiver.taken.map(body => JSON.parse(body));
    expect({ id, timestamp }).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      timestamp: expect.stringMatching(/^2\d{3}-.*Z$/),
    });
    expect(await secrets()).toEqual([await sent()]);
  });

  it('is kept while the endpoint does not take it, and goes on from there', async () => {
    const { outcome } = await play(['make', receiver.url, marked('CRITICAL'), 'later']);
    expect(outcome).toMatchObject({ error: { code: 'webhook-unfinished', exitCode: 7 } });
    const made = await secrets();
    expect(await admin.webhooks.list()).toEqual([]);
    restart('')();
    await play([receiver.url, marked('CRITICAL')]);
    expect([await sent()]).toEqual(made);
  });

  it('proves a webhook that Cast AI then sends, and nobody else’s', async () => {
    await setUp();
    const [only] = await admin.webhooks.list();
    expect(await practice.control.deliver(only?.id ?? '', { severity: 'CRITICAL' })).toMatchObject({
      status: 204,
    });
    accepted = [makeWebhookSecret().reveal()];
    expect(await practice.control.deliver(only?.id ?? '', {})).toMatchObject({ status: 401, body: '' });
  });

  it('never shows: not in an event, not in the settings', async () => {
    const { events } = await setUp();
    await play([restart('again')], { task: 'rotate' });
    const written = Buffer.from(JSON.stringify([events, install.config()]));
    for (const secret of await secrets()) expect(holds(written, secret)).toBe(false);
  });

  it('is entered in the audit log, by its id', async () => {
    await setUp();
    await play([restart('again')], { task: 'rotate' });
    await play([], { task: 'finish' });
    const log = readFileSync(join(install.home.state, 'audit.jsonl'), 'utf8');
    const told = log
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    const about = told.filter(({ resource }) => resource === 'webhook:dev');
    expect(about.map(({ action, result }) => `${action} ${result}`)).toEqual([
      'webhook.secret-made success',
      'webhook.configured pending',
      'webhook.configured success',
      'webhook.secret-made success',
      'webhook.configured pending',
      'webhook.configured success',
      'webhook.secret-removed pending',
      'webhook.secret-removed success',
    ]);
    for (const secret of await secrets()) expect(log).not.toContain(secret);
  });

  it('is replaced without a gap: the endpoint takes both before Cast AI sends the new one', async () => {
    await setUp();
    const [old] = await secrets();
    const { outcome } = await play(['again', restart('again')], { task: 'rotate' });
    expect(outcome.type).toBe('finished');
    expect(receiver.refused.slice(1)).toEqual(['wrong-token', 'wrong-token']);
    const [fresh, previous] = await secrets();
    expect([await sent(), previous]).toEqual([fresh, old]);
    expect(webhookOf(install.config(), 'dev')?.previous?.until).toBe(
      new Date(install.clock().getTime() + 60_000).toISOString(),
    );
    await play([], { task: 'finish' });
    expect(await secrets()).toEqual([fresh]);
    expect([...entries.values()].map(secret => secret.reveal())).not.toContain(old);
  });

  it('stays the old one at Cast AI while the endpoint does not take the new one, and goes on from there', async () => {
    await setUp();
    const [old] = await secrets();
    const stopped = await play(['later'], { task: 'rotate' });
    expect(stopped.outcome).toMatchObject({ error: { code: 'webhook-unfinished', exitCode: 7 } });
    expect(await sent()).toBe(old);
    expect(await secrets()).toHaveLength(2);
    restart('')();
    // Asked to rotate again, it makes no third one.
    const { outcome } = await play([], { task: 'rotate' });
    expect(outcome.type).toBe('finished');
    expect([await sent(), old]).toEqual(await secrets());
  });

  it('can be taken back while the endpoint does not take it', async () => {
    await setUp();
    const before = await secrets();
    expect((await play(['back'], { task: 'rotate' })).outcome.type).toBe('finished');
    expect(await secrets()).toEqual(before);
    expect(await sent()).toBe(before[0]);
  });

  it('brought along is kept as it is', async () => {
    const own = makeWebhookSecret();
    accepted = [own.reveal()];
    await play(['paste', own.reveal(), receiver.url, marked('ERROR')]);
    expect(await sent()).toBe(own.reveal());
  });

  it('takes the place of what is in a webhook to the same address, and leaves the rest of it', async () => {
    accepted = ['old'];
    await admin.webhooks.create({
      name: 'ops',
      callbackUrl: receiver.url,
      severityTriggers: ['INFO'],
      includeClusterless: false,
      requestTemplate: '{"text":"{{ .Message }}"}',
      authKeys: { 'X-Webhook-Token': new Secret('old'), 'X-Team': new Secret('blue') },
    });
    const { told } = await play(['make', receiver.url, true, restart('again')]);
    expect(told).toContain('asked webhook.template');
    const [only, another] = await admin.webhooks.list();
    expect(another).toBeUndefined();
    expect(only).toMatchObject({ name: 'ops', severityTriggers: ['INFO'], includeClusterless: false });
    expect(only?.requestTemplate).toContain('.NotificationID');
    expect(only?.authKeys['X-Team']?.reveal()).toBe('blue');
    expect(only?.authKeys['X-Webhook-Token']?.reveal()).toBe((await secrets())[0]);
  });

  it('says which headers a replacement loses, where Cast AI keeps their values to itself', async () => {
    practice.control.behave({ maskAuthKeys: true });
    await setUp();
    const [only] = await admin.webhooks.list();
    const { name, callbackUrl, severityTriggers, includeClusterless, requestTemplate } =
      only ?? ({} as never);
    const authKeys = { 'X-Team': new Secret('blue') };
    const wanted = { name, callbackUrl, severityTriggers, includeClusterless, requestTemplate, authKeys };
    await admin.webhooks.replace(only?.id ?? '', wanted);
    const { told } = await play([]);
    expect(told).toContainEqual(expect.stringMatching(/noted Cast AI keeps the values of X-Team to itself/));
  });

  it('is only kept here where there is no address, or Cast AI is to be left alone', async () => {
    await play(['make', '']);
    expect(await secrets()).toHaveLength(1);
    await play([], { task: 'rotate', url: false });
    expect(await secrets()).toHaveLength(2);
    await play([], { task: 'finish', url: false });
    expect(await secrets()).toHaveLength(1);
    expect(await admin.webhooks.list()).toEqual([]);
  });

  it('is taken back with everything where the person cancels the first time', async () => {
    const before = install.config();
    await play(['make', cancel]);
    expect(install.config()?.profiles['dev']?.webhook?.secrets ?? {}).toEqual({});
    expect(before?.profiles['dev']?.slots).toEqual(install.config()?.profiles['dev']?.slots);
    expect([...entries.keys()].filter(account => account.includes('/webhook/'))).toEqual([]);
  });

  it('fails with the refusal where the key may not manage webhooks, and nothing is left', async () => {
    const place = { kind: 'slot', profile: 'dev', role: 'writer' } as const;
    await storeCredential(install, {
      place,
      secret: practice.keys.viewer,
      origin: practice.url,
      replace: true,
    });
    const { outcome } = await play(['make', receiver.url, marked('CRITICAL')]);
    expect(outcome).toMatchObject({ type: 'failed', error: { code: 'key-forbidden', exitCode: 5 } });
    expect([...entries.keys()].filter(account => account.includes('/webhook/'))).toEqual([]);
  });

  it.each([
    'http://hooks.example.com/',
    'https://user:pass@hooks.example.com/',
    'ftp://x/',
    'hooks',
    'https://x/#y',
  ])('is not sent to %s', async url => {
    const { told } = await play(['make', url, cancel]);
    expect(told).toContain('refused webhook.url');
  });
});

const marked = (...raw: readonly string[]) => ({ type: 'answer', raw }) as const;

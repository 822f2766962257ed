import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CastaiClient, castaiClient, type WebhookWanted } from '../../../source/castai/castai.ts';
import { webhook } from '../../../source/checklist/checks/webhook.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { type PracticeServer, startPractice } from '../../../source/practice/practice.ts';
import type { Config, WebhookSettings } from '../../../source/profiles/profiles.ts';
import { makeWebhookSecret, webhookTemplate } from '../../../source/webhooks/webhooks.ts';
import { today } from '../../support/install.ts';
import { keychainWith, subjectOf, withSlots } from '../support/subjects.ts';

const secret = makeWebhookSecret();
const record = { addedAt: today.toISOString(), fingerprint: 'f', store: 'memory' } as const;
const clean = { at: today.toISOString(), host: 'hooks.example', wrong: [], sent: 10 };

describe('the check of webhooks', () => {
  let practice: PracticeServer;
  let admin: CastaiClient;
  beforeAll(async () => {
    practice = await startPractice();
    const { url: origin, organizationId } = practice;
    admin = castaiClient({ origin, organizationId, secret: practice.keys.admin });
  });
  afterAll(() => practice.close());
  beforeEach(async () => {
    practice.control.behave({ maskAuthKeys: false });
    for (const { id } of await admin.webhooks.list()) await admin.webhooks.delete(id);
  });

  const make = (over: Partial<WebhookWanted> = {}) =>
    admin.webhooks.create({
      name: 'ops',
      callbackUrl: 'http://127.0.0.1:9/hook',
      severityTriggers: ['CRITICAL'],
      includeClusterless: true,
      requestTemplate: webhookTemplate,
      authKeys: { 'Content-Type': new Secret('application/json'), 'X-Webhook-Token': secret },
      ...over,
    });
  const settings = (over: Partial<WebhookSettings> = {}): WebhookSettings => ({
    secrets: { s: record },
    current: 's',
    header: 'X-Webhook-Token',
    probe: clean,
    ...over,
  });
  /** Kept as castkeys keeps it: made at Cast AI, and remembered. */
  const kept = async (over: Partial<WebhookSettings> = {}, wanted: Partial<WebhookWanted> = {}) => {
    const { id } = await make(wanted);
    return settings({ configuration: { id, name: 'ops', host: '127.0.0.1:9', secretId: 's' }, ...over });
  };
  const measure = async (
    known: WebhookSettings | undefined,
    stored = secret,
    also: Config['profiles'] = {},
  ) => {
    const { url: origin, organizationId: id } = practice;
    const config = withSlots(
      { reader: { origin } },
      { origin, organization: { id }, ...(known ? { webhook: known } : {}) },
    );
    const keychain = await keychainWith({ reader: practice.keys.viewer });
    if (stored) await keychain.write({ kind: 'webhook', id: 's' }, stored);
    const subject = subjectOf(
      { ...config, profiles: { ...config.profiles, ...also } },
      { keychain: async () => keychain },
    );
    return webhook.measure(subject);
  };

  it('passes where a secret is kept, Cast AI sends it, and the last probe was clean', async () => {
    expect(await measure(await kept())).toEqual({
      state: 'pass',
      evidence: 'a secret is kept; ops sends it; the probe of hooks.example on 2026-06-01 was clean',
    });
  });

  it('passes where Cast AI masks what castkeys put there', async () => {
    practice.control.behave({ maskAuthKeys: true });
    expect(await measure(await kept())).toMatchObject({
      state: 'pass',
      evidence: expect.stringContaining('does not show'),
    });
  });

  it('does not apply where there are no webhooks', async () => {
    expect(await measure(undefined)).toMatchObject({ state: 'skip' });
  });

  it('fails where Cast AI sends webhooks that nothing proves, and looks twice at headers it does not know', async () => {
    await make({ authKeys: { 'Content-Type': new Secret('application/json') } });
    expect(await measure(undefined)).toMatchObject({ state: 'fail', fix: 'castkeys webhook secret' });
    for (const { id } of await admin.webhooks.list()) await admin.webhooks.delete(id);
    await make();
    expect(await measure(undefined)).toMatchObject({ state: 'warn' });
  });

  it('leaves the webhooks of another profile to that', async () => {
    const theirs = await kept();
    const config = withSlots({}, { webhook: theirs });
    const [other] = Object.values(config.profiles);
    expect(await measure(undefined, secret, other ? { other } : {})).toMatchObject({ state: 'skip' });
  });

  it.each<[string, string, () => Promise<WebhookSettings>]>([
    ['fail', 'another secret', () => kept({}, { authKeys: { 'X-Webhook-Token': makeWebhookSecret() } })],
    ['fail', 'sends nothing', () => kept({}, { authKeys: {} })],
    ['warn', 'can be replayed', () => kept({}, { requestTemplate: '{"text":"{{ .Message }}"}' })],
    ['warn', 'not set to send it', async () => settings()],
    [
      'fail',
      'gone from Cast AI',
      async () => settings({ configuration: { id: 'x', name: 'ops', host: 'h', secretId: 's' } }),
    ],
    [
      'warn',
      'never probed',
      async () => {
        const { probe: _, ...never } = await kept();
        return never;
      },
    ],
    ['fail', 'wrong about: stale', () => kept({ probe: { ...clean, wrong: ['stale'] } })],
  ])('says %s: %s', async (state, evidence, known) => {
    expect(await measure(await known())).toMatchObject({
      state,
      evidence: expect.stringContaining(evidence),
    });
  });

  it('says that a rotation is unfinished', async () => {
    const known = await kept();
    const { configuration } = known;
    const between = {
      ...known,
      previous: { id: 'old' },
      ...(configuration ? { configuration: { ...configuration, secretId: 'old' } } : {}),
    };
    expect(await measure(between)).toMatchObject({ state: 'warn', fix: 'castkeys webhook secret --finish' });
  });

  it('fails where the secret is easily guessed, or another profile’s too', async () => {
    const weak = new Secret('sesame');
    expect(await measure(await kept({}, { authKeys: { 'X-Webhook-Token': weak } }), weak)).toMatchObject({
      state: 'fail',
    });
    const known = await kept();
    const [other] = Object.values(withSlots({}, { webhook: known }).profiles);
    expect(await measure(known, secret, other ? { other } : {})).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('of other, too'),
    });
  });

  it('fails where the entry is gone', async () => {
    const known = await kept({ current: 'gone' });
    expect(await measure(known)).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('gone from the keychain'),
    });
  });
});
